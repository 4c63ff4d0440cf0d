package dev.gantry.agent.certificate;

/** A certificate that a node has. */
public enum NodeCertificate {
    /** With which the node asks the API, and speaks on Kafka. */
    CLIENT("kubernetes.io/kube-apiserver-client-kubelet", "client auth", "kubelet-client"),
    /** With which its HTTPS server answers. */
    SERVING("kubernetes.io/kubelet-serving", "server auth", "kubelet-server");

    private final String signer;
    private final String usage;
    private final String fileName;

    NodeCertificate(String signer, String usage, String fileName) {
        this.signer = signer;
        this.usage = usage;
        this.fileName = fileName;
    }

    public String signer() {
        return signer;
    }

    public String usage() {
        return usage;
    }

    /** Compat: how the kubelet's files begin. */
    public String fileName() {
        return fileName;
    }
}
