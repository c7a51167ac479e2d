import Glibc

/// One thread of our own that runs the jobs of one actor in order; made for work that blocks.
package final class ThreadExecutor: SerialExecutor {
    private let queue: Queue

    /// Starts the thread at once; it ends with this object.
    package init() {
        queue = Queue()
        queue.startThread()
    }

    deinit { queue.stop() }

    package func enqueue(_ job: consuming ExecutorJob) {
        queue.append(UnownedJob(job), on: self)
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}

/// The queue that the thread owns together with the executor, so that either may go first.
private final class Queue: @unchecked Sendable {
    // Guarded by the mutex; pthread wants both at a fixed address, hence the allocations.
    private var jobs: [(job: UnownedJob, executor: ThreadExecutor)] = []
    private var stopped = false
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(wake, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(wake)
        mutex.deallocate()
        wake.deallocate()
    }

    func append(_ job: UnownedJob, on executor: ThreadExecutor) {
        pthread_mutex_lock(mutex)
        jobs.append((job, executor))
        pthread_cond_signal(wake)
        pthread_mutex_unlock(mutex)
    }

    func stop() {
        pthread_mutex_lock(mutex)
        stopped = true
        pthread_cond_signal(wake)
        pthread_mutex_unlock(mutex)
    }

    func startThread() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let failed = pthread_create(&thread, nil, { argument in
            guard let argument else { return nil }
            Unmanaged<Queue>.fromOpaque(argument).takeRetainedValue().run()
            return nil
        }, context.toOpaque())
        guard failed == 0 else {
            // No thread at start-up: the account is at its process limit and nothing can work.
            fatalError("can not start a thread (error \(failed)): the account's process limit is reached")
        }
        pthread_detach(thread)
    }

    private func run() {
        while let next = take() {
            next.job.runSynchronously(on: next.executor.asUnownedSerialExecutor())
        }
    }

    private func take() -> (job: UnownedJob, executor: ThreadExecutor)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty {
            if stopped { return nil }
            pthread_cond_wait(wake, mutex)
        }
        return jobs.removeFirst()
    }
}
