package dev.gantry.local.prerequisite;

import dev.gantry.local.process.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Makes sure that a cluster can run on this machine. */
public final class Prerequisites {
    /** The folder from which the runtime starts CNI plugins. */
    public static final String CNI_PLUGINS = Need.CNI_PLUGINS;

    private static final String RUNC_CHANGELOG = "/usr/share/doc/runc/changelog.Debian.gz";

    private Prerequisites() {}

    /**
     * Installs what is missing, saying what and why. Throws, with the command to run by hand, where
     * it may not or cannot.
     */
    public static void ensure(boolean mayInstall) throws IOException {
        provide(Need.ALL, mayInstall);
        runc(Root.ofThisMachine()).map(Prerequisites::warning).ifPresent(System.out::println);
    }

    static void provide(List<Need> needs, boolean mayInstall) throws IOException {
        Root root = Root.ofThisMachine();
        List<Need> missing = missing(needs, root);
        if (!missing.isEmpty()) {
            install(missing, root, mayInstall);
        }
        List<String> account = ServerUser.toMake(root);
        if (!account.isEmpty()) {
            makeAccount(account, mayInstall);
        }
    }

    /** Takes the distribution's newest runc, where the one that is there has known holes. */
    static void renewRunc() throws IOException {
        Root root = Root.ofThisMachine();
        if (runc(root).isPresent() && Apt.isThere(root)) {
            Apt.run(Apt.toUpgrade("runc"));
        }
    }

    static List<Need> missing(List<Need> needs, Root root) throws IOException {
        List<Need> missing = new ArrayList<>();
        for (Need need : needs) {
            if (!need.lacking(root).isEmpty()) {
                missing.add(need);
            }
        }
        return missing;
    }

    private static void install(List<Need> missing, Root root, boolean mayInstall)
            throws IOException {
        System.out.println("Missing on this machine:");
        for (Need need : missing) {
            System.out.printf(
                    "  %-28s %s (%s)%n",
                    need.debianPackage(), need.why(), String.join(", ", need.lacking(root)));
        }
        List<List<String>> commands = Apt.toInstall(missing, root);
        if (!mayInstall || !Apt.isThere(root)) {
            throw new IOException(
                    "install these first, for example with:\n  "
                            + String.join(
                                    "\n  ", commands.stream().map(Prerequisites::line).toList()));
        }
        long began = System.nanoTime();
        commands.forEach(each -> System.out.println("Installing: " + line(each)));
        Apt.update();
        for (List<String> each : commands) {
            Apt.run(each);
        }
        List<Need> still = missing(missing, root);
        if (!still.isEmpty()) {
            throw new IOException("still missing after the installation: " + names(still, root));
        }
        System.out.printf(
                "Installed in %d s%n", Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    private static String names(List<Need> needs, Root root) throws IOException {
        var text = new StringBuilder();
        for (Need need : needs) {
            text.append("%n  %s: %s".formatted(need.debianPackage(), need.lacking(root)));
        }
        return text.toString();
    }

    private static void makeAccount(List<String> command, boolean mayInstall) throws IOException {
        String why =
                "This kernel refuses user namespaces, so PostgreSQL, which refuses to be root, runs"
                        + " as a system user.";
        if (!mayInstall) {
            throw new IOException(why + " Make it with:\n  " + line(command));
        }
        System.out.println(why + " Making it: " + line(command));
        Command.Result outcome = Command.attempt(command, "");
        if (!outcome.isGood()) {
            throw new IOException("`%s` failed: %s".formatted(line(command), outcome.output()));
        }
    }

    /** The one that a runtime would start, if it has known holes. */
    static Optional<RuncRelease> runc(Root root) throws IOException {
        Optional<Path> program = root.program("runc");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Command.Result said = Command.attempt(List.of(program.get().toString(), "--version"), "");
        Path changelog = root.file(RUNC_CHANGELOG);
        String changes = Files.exists(changelog) ? unzipped(Files.readAllBytes(changelog)) : "";
        return Optional.of(RuncRelease.of(said.output(), changes))
                .filter(found -> !found.open().isEmpty());
    }

    private static String warning(RuncRelease found) {
        return ("Careful: runc %s is not known to have the fix of %s, by which a container can get out"
                        + " of its bounds. Run images you trust, and renew runc once there is a"
                        + " fixed package.")
                .formatted(found.version(), String.join(", ", found.open()));
    }

    private static String unzipped(byte[] file) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String line(List<String> command) {
        return String.join(" ", command);
    }
}
