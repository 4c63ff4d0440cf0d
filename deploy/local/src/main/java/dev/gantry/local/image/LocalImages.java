package dev.gantry.local.image;

import dev.gantry.client.shell.image.DebianImages;
import dev.gantry.client.shell.image.OciArchive;
import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The images that Gantry brings along, built from programs of this machine, so that a cluster runs
 * without any registry.
 */
public final class LocalImages {
    public static final String PAUSE = DebianImages.PAUSE;
    public static final String BUSYBOX = DebianImages.BUSYBOX;

    /** An image in a file that containerd can import. */
    public record Archive(String name, Path file) {}

    private LocalImages() {}

    public static List<Archive> archives(Instance instance) {
        return in(instance.home().resolve("images"));
    }

    private static List<Archive> in(Path folder) {
        return List.of(
                new Archive(PAUSE, folder.resolve("pause.tar")),
                new Archive(BUSYBOX, folder.resolve("busybox.tar")));
    }

    public static void prepare(Instance instance) throws IOException, InterruptedException {
        prepare(instance.home().resolve("images"));
    }

    /** Makes in {@code folder} what is missing. */
    static void prepare(Path folder) throws IOException, InterruptedException {
        for (Archive archive : in(folder)) {
            if (!Files.exists(archive.file())) {
                Files.createDirectories(folder);
                OciArchive image =
                        archive.name().equals(PAUSE)
                                ? DebianImages.pause()
                                : DebianImages.busybox();
                Path fresh = archive.file().resolveSibling(archive.file().getFileName() + ".new");
                image.writeTo(fresh);
                Files.move(fresh, archive.file());
            }
        }
    }
}
