package dev.gantry.local.prerequisite;

import dev.gantry.local.process.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Debian's packages: what to type to get them, and doing so. */
final class Apt {
    private static final String PROGRAM = "apt-get";

    private Apt() {}

    static boolean isThere(Root root) {
        return root.program(PROGRAM).isPresent();
    }

    /**
     * The command lines that install these packages. Nothing of the machine's own is removed for
     * it, but for a package that one of these replaces.
     */
    static List<List<String>> toInstall(List<Need> needs, Root root) {
        List<List<String>> commands = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        for (Need need : needs) {
            if (need.isInstalledInPlaceOfAnother(root)) {
                commands.add(install(List.of(need.debianPackage())));
            } else {
                plain.add(need.debianPackage());
            }
        }
        if (!plain.isEmpty()) {
            plain.addFirst("--no-remove");
            commands.addFirst(install(plain));
        }
        return commands;
    }

    static List<String> toUpgrade(String debianPackage) {
        return install(List.of("--no-remove", "--only-upgrade", debianPackage));
    }

    static void update() throws IOException {
        // Without network the lists that are there may do.
        Command.attempt(List.of(PROGRAM, "update", "-q"), "");
    }

    static void run(List<String> command) throws IOException {
        var all = new ArrayList<>(List.of("env", "DEBIAN_FRONTEND=noninteractive"));
        all.addAll(command);
        Command.Result outcome = Command.attempt(all, "");
        if (!outcome.isGood()) {
            throw new IOException(
                    "`%s` failed: %s".formatted(String.join(" ", command), outcome.output()));
        }
    }

    private static List<String> install(List<String> packages) {
        return Stream.concat(
                        Stream.of(
                                PROGRAM,
                                "install",
                                "-y",
                                "-q",
                                "--no-install-recommends",
                                "-oDPkg::Lock::Timeout=300"),
                        packages.stream())
                .toList();
    }
}
