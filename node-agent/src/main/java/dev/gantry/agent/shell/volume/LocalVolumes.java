package dev.gantry.agent.shell.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The folders of volumes that were provisioned on this node, one each, named after the volume.
 *
 * <p>Invariant: what is made or deleted lies directly in {@code root}, which is for nobody but the
 * agent: containers see a folder because it is mounted into them, and processes of the node do not
 * reach it.
 *
 * <p>Deliberately absent: a limit of the size. A volume may grow until the disk is full.
 */
public record LocalVolumes(Path root) {
    private static final int OWNERS_ONLY = 0700;

    /** Compat: as hostPath provisioners make them, since any user of a container may write. */
    private static final int ANYBODY = 0777;

    /** A DNS subdomain, as the names of all volumes are. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    public static LocalVolumes below(Path agentRoot) {
        return new LocalVolumes(agentRoot.resolve("local-volumes"));
    }

    /** The folder, which is made where it is missing. */
    Path make(String volume) throws IOException {
        Path folder = folder(volume);
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return folder;
        }
        Files.createDirectories(root);
        FileTree.setMode(root, OWNERS_ONLY);
        Files.createDirectories(folder);
        FileTree.setMode(folder, ANYBODY);
        return folder;
    }

    /** With everything in it. What is gone already is as good as deleted. */
    public void delete(String volume) throws IOException {
        FileTree.delete(folder(volume));
    }

    private Path folder(String volume) throws IOException {
        if (!NAME.matcher(volume).matches()) {
            throw new IOException("no name of a volume: " + volume);
        }
        return root.resolve(volume);
    }
}
