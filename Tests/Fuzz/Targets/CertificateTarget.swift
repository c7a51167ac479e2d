import Signal
import WhatsApp

extension FuzzTarget {
    /// Two ways: the chain as bytes, and damaged details under signatures that hold, which lead behind the signature checks.
    static let certificate = FuzzTarget(
        name: "certificate",
        seeds: { try VectorBytes.all(["cert_chain", "chain", "leaf_details", "intermediate_details"], in: "noise.json") },
        prepare: {
            let keys = try NoiseKeys()
            var setup = Jitter(seed: 1)
            let (root, intermediate) = (KeyPair.generate(using: &setup), KeyPair.generate(using: &setup))
            let sound = try CertificateChain.issue(
                for: keys.serverStatic.publicKey, rootKey: root, validity: 0...(.max), using: &setup)
            let genuine = try CertificateChain(serialized: keys.certificates)
            let server = keys.serverStatic.publicKey.bytes
            return { input, rng in
                if let chain = try? CertificateChain(serialized: input),
                    (try? chain.verify(rootKey: keys.rootKey, serverStatic: server, now: NoiseKeys.now)) != nil, chain != genuine
                {
                    throw FuzzFinding(rule: "a changed chain is accepted")
                }
                // Signing is slow; one in eight is enough to reach every check.
                guard UInt8.random(in: 0..<8, using: &rng) == 0 else { return }
                let signed = CertificateChain.Signed(details: input, signature: root.sign(input, using: &rng))
                let leaf = CertificateChain.Signed(details: input, signature: intermediate.sign(input, using: &rng))
                for chain in [CertificateChain(leaf: sound.leaf, intermediate: signed), CertificateChain(leaf: leaf, intermediate: signed)]
                {
                    _ = try? chain.verify(rootKey: root.publicKey.bytes, serverStatic: server, now: NoiseKeys.now)
                }
            }
        })
}
