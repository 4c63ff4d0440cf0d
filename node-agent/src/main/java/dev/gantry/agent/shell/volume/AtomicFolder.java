package dev.gantry.agent.shell.volume;

import dev.gantry.agent.volume.VolumeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder whose files change all at once.
 *
 * <pre>
 *   key ──► ..data/key          (a link, made once)
 *   ..data ──► ..2026_11_24…    (a link, replaced by rename: the moment of change)
 *   ..2026_11_24…/key           (the file)
 * </pre>
 *
 * <p>Compat: the layout of kubelet's {@code AtomicWriter}, since programs watch {@code ..data}.
 *
 * @param group of the files, where the pod has an fsGroup
 */
public record AtomicFolder(Path folder, OptionalLong group) {
    private static final String DATA = "..data";
    private static final int GROUP_READS = 0440;
    private static final int FOLDER_MODE = 0755;

    /** Returns whether anything changed. */
    public boolean write(SortedMap<String, VolumeFile> files, Instant now) throws IOException {
        Files.createDirectories(folder);
        FileTree.setMode(folder, 0777);
        if (isCurrent(files)) {
            return false;
        }
        String stamp = ".." + now.toString().replace("Z", "").replaceAll("[-:T]", "_");
        Path made = Files.createDirectories(folder.resolve(stamp));
        FileTree.setMode(made, FOLDER_MODE);
        for (Map.Entry<String, VolumeFile> each : files.entrySet()) {
            writeFile(made, each.getKey(), each.getValue());
        }
        switchTo(stamp);
        showNames(files);
        deleteOthers(stamp);
        return true;
    }

    /** Owners are not compared: a pod's user never changes. */
    private boolean isCurrent(SortedMap<String, VolumeFile> files) throws IOException {
        Path data = folder.resolve(DATA);
        if (!Files.isDirectory(data)) {
            return false;
        }
        SortedMap<String, VolumeFile> found = new TreeMap<>();
        Path real = data.toRealPath();
        try (Stream<Path> below = Files.walk(real)) {
            for (Path each : below.filter(Files::isRegularFile).toList()) {
                int mode = (int) Files.getAttribute(each, "unix:mode") & 07777;
                found.put(
                        real.relativize(each).toString(),
                        new VolumeFile(Files.readAllBytes(each), mode));
            }
        }
        SortedMap<String, VolumeFile> wanted = new TreeMap<>();
        files.forEach((path, file) -> wanted.put(path, new VolumeFile(file.content(), mode(file))));
        return found.equals(wanted);
    }

    private void writeFile(Path root, String relative, VolumeFile file) throws IOException {
        Path target = root.resolve(relative).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("a path that leaves its volume: " + relative);
        }
        Files.createDirectories(target.getParent());
        FileTree.write(target, file.content(), mode(file));
        if (file.owner().isPresent()) {
            FileTree.setOwner(target, file.owner().getAsLong());
        }
        if (group.isPresent()) {
            FileTree.setGroup(target, group.getAsLong());
        }
    }

    private int mode(VolumeFile file) {
        return group.isPresent() ? file.mode() | GROUP_READS : file.mode();
    }

    private void switchTo(String stamp) throws IOException {
        Path next = folder.resolve("..data_tmp");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, Path.of(stamp));
        Files.move(
                next,
                folder.resolve(DATA),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void showNames(SortedMap<String, VolumeFile> files) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        files.keySet().forEach(each -> names.add(Path.of(each).getName(0).toString()));
        for (String name : names) {
            Path link = folder.resolve(name);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
        for (Path each : entries()) {
            String name = each.getFileName().toString();
            if (!name.startsWith("..") && !names.contains(name)) {
                Files.deleteIfExists(each);
            }
        }
    }

    private void deleteOthers(String stamp) throws IOException {
        for (Path each : entries()) {
            String name = each.getFileName().toString();
            if (name.startsWith("..2") && !name.equals(stamp)) {
                FileTree.delete(each);
            }
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
