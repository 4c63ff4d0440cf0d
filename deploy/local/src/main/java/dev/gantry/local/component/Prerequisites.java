package dev.gantry.local.component;

import dev.gantry.local.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What must be on the machine: programs from Debian packages, and what each is for. */
public final class Prerequisites {
    public static final String CNI_PLUGINS = "/usr/lib/cni";

    private static final List<Need> NEEDS =
            List.of(
                    new Need(
                            "containerd",
                            "runs the containers of each node",
                            "/usr/bin/containerd"),
                    new Need("runc", "starts a container", "/usr/sbin/runc"),
                    new Need(
                            "containernetworking-plugins",
                            "connects pods to their node's network",
                            CNI_PLUGINS + "/bridge"),
                    new Need("nftables", "balances Service traffic", "/usr/sbin/nft"),
                    new Need("iproute2", "makes the nodes' network namespaces", "/usr/sbin/ip"),
                    new Need(
                            "conntrack",
                            "forgets connections to pods that are gone",
                            "/usr/sbin/conntrack"),
                    new Need(
                            "catatonit",
                            "is the pause container of each pod",
                            "/usr/bin/catatonit"),
                    new Need(
                            "busybox-static",
                            "is the sample application's image",
                            "/usr/bin/busybox"),
                    new Need("kubernetes-client", "is kubectl", "/usr/bin/kubectl"));

    private record Need(String debianPackage, String why, String file) {
        boolean isThere() {
            String name = Path.of(file).getFileName().toString();
            return Files.exists(Path.of(file))
                    || List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin")
                            .stream()
                            .anyMatch(folder -> Files.exists(Path.of(folder, name)));
        }
    }

    private Prerequisites() {}

    /**
     * Installs what is missing, saying what and why. Throws, with the command to run by hand, where
     * it may not or cannot.
     */
    public static void ensure(boolean mayInstall) throws IOException {
        List<Need> missing = NEEDS.stream().filter(need -> !need.isThere()).toList();
        if (missing.isEmpty()) {
            return;
        }
        System.out.println("Missing on this machine:");
        missing.forEach(
                need -> System.out.printf("  %-28s %s%n", need.debianPackage(), need.why()));
        List<String> command =
                new ArrayList<>(
                        List.of("apt-get", "install", "-y", "-q", "--no-install-recommends"));
        missing.forEach(need -> command.add(need.debianPackage()));
        String byHand = String.join(" ", command);
        if (!mayInstall || !Files.exists(Path.of("/usr/bin/apt-get"))) {
            throw new IOException("install these first, for example with:\n  " + byHand);
        }
        System.out.println("Installing them: " + byHand);
        Command.attempt(List.of("apt-get", "update", "-q"), "");
        Command.run(
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("env", "DEBIAN_FRONTEND=noninteractive"),
                                command.stream())
                        .toList(),
                "");
        List<String> still =
                NEEDS.stream().filter(need -> !need.isThere()).map(Need::debianPackage).toList();
        if (!still.isEmpty()) {
            throw new IOException("still missing after the installation: " + still);
        }
    }
}
