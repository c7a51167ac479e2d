package import NIOCore

/// Runs actors and tasks on one event loop's thread, so that the daemon never wakes Swift's default pool, which has a thread for every core of the host.
///
/// An actor returns ``asUnownedSerialExecutor()`` as its `unownedExecutor`; tasks are made by ``start(_:)``.
/// Code outside of actors runs here too, but only in tasks that were started so: never write a bare `Task { }` in the daemon.
/// A task that was started elsewhere is suspended on its way into `withCheckedContinuation`: look at the actor's state inside its closure, not before.
package final class LoopExecutor: SerialExecutor, TaskExecutor {
    package let loop: any EventLoop

    package init(_ loop: any EventLoop) { self.loop = loop }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(isolatedTo: self.asUnownedSerialExecutor(), taskExecutor: self.asUnownedTaskExecutor()) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
    package func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    package func checkIsolated() { loop.preconditionInEventLoop() }

    /// Starts a task that stays on this thread wherever it is not on an actor with a thread of its own.
    @discardableResult
    package func start(_ body: sending @escaping @isolated(any) () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self, operation: body)
    }
}
