package dev.gantry.local.prerequisite;

import dev.gantry.local.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * As whom PostgreSQL runs, which refuses to be root. Who is not root runs it under the same
 * account.
 *
 * <p>Usually as root in a user namespace of its own, in which it is nobody: nothing has to be made
 * on the machine for that. Where the kernel refuses user namespaces (hardened ones, and inside of a
 * chroot), as a system user that may read, but not write, what is not its own: binaries and data
 * may lie in a folder that only root can enter.
 *
 * @param owner the account that its files belong to
 * @param command what to put before a program's command line to run it as that user
 */
public record ServerUser(String owner, List<String> command) {
    static final String ACCOUNT = "gantry";

    private static final List<String> MAKE =
            List.of(
                    "useradd",
                    "--system",
                    "--user-group",
                    "--no-create-home",
                    "--home-dir=/nonexistent",
                    "--shell=/usr/sbin/nologin",
                    ACCOUNT);

    /** Of this machine, with what {@link Prerequisites} have made sure of. */
    public static ServerUser ofThisMachine() throws IOException {
        String self = System.getProperty("user.name");
        if (!self.equals("root")) {
            return new ServerUser(self, List.of());
        }
        return givesUserNamespaces(Root.ofThisMachine())
                ? new ServerUser("root", List.of("unshare", "--user", "--"))
                : account(ACCOUNT);
    }

    /** An account of the machine; all it may beyond its own is to read. */
    public static ServerUser account(String name) {
        String capabilities = "-all,+dac_read_search";
        return new ServerUser(
                name,
                List.of(
                        "setpriv",
                        "--reuid=" + name,
                        "--regid=" + name,
                        "--clear-groups",
                        "--inh-caps=" + capabilities,
                        "--ambient-caps=" + capabilities,
                        "--bounding-set=" + capabilities,
                        // Else what a program asks access(2) about is judged without them.
                        "--securebits=+no_setuid_fixup",
                        "--no-new-privs",
                        "--"));
    }

    /** What makes the account on this machine; empty where it is there, or not needed. */
    static List<String> toMake(Root root) throws IOException {
        return givesUserNamespaces(root) || isThere(root) ? List.of() : MAKE;
    }

    private static boolean givesUserNamespaces(Root root) throws IOException {
        var unshare = root.program("unshare");
        return unshare.isPresent()
                && Command.attempt(List.of(unshare.get().toString(), "--user", "true"), "")
                        .isGood();
    }

    private static boolean isThere(Root root) throws IOException {
        Path accounts = root.file("/etc/passwd");
        return Files.exists(accounts)
                && Files.readAllLines(accounts).stream().anyMatch(e -> e.startsWith(ACCOUNT + ":"));
    }
}
