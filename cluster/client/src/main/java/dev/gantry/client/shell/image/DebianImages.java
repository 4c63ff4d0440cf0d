package dev.gantry.client.shell.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.image.OciArchive.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Images made from static binaries of Debian packages: {@code catatonit} and {@code
 * busybox-static}.
 */
public final class DebianImages {
    public static final String PAUSE = "localhost/gantry/pause:1";
    public static final String BUSYBOX = "localhost/gantry/busybox:1.37";
    private static final String PATH =
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private DebianImages() {}

    /** The image of sandboxes: it waits, and reaps what is orphaned. */
    public static OciArchive pause() throws IOException {
        SequencedMap<String, Entry> files = new LinkedHashMap<>();
        files.put(
                "/pause",
                new Entry.Content(0755, Files.readAllBytes(Path.of("/usr/bin/catatonit"))));
        var start =
                new OciArchive.Start(
                        List.of("/pause", "-P"), List.of(), List.of(), "/", "65535:65535");
        return new OciArchive(PAUSE, files, start);
    }

    /**
     * A small system with a shell and all applets of busybox, its httpd and nslookup among them.
     */
    public static OciArchive busybox() throws IOException, InterruptedException {
        SequencedMap<String, Entry> files = new LinkedHashMap<>();
        for (String each : List.of("/bin", "/etc", "/home", "/usr", "/var", "/var/www", "/root")) {
            files.put(each, new Entry.Directory(0755));
        }
        files.put("/tmp", new Entry.Directory(01777));
        files.put(
                "/bin/busybox",
                new Entry.Content(0755, Files.readAllBytes(Path.of("/usr/bin/busybox"))));
        for (String applet : applets()) {
            files.put("/bin/" + applet, new Entry.Link("busybox"));
        }
        text(
                files,
                "/etc/passwd",
                "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n");
        text(files, "/etc/group", "root:x:0:\nnobody:x:65534:\n");
        text(files, "/etc/nsswitch.conf", "hosts: files dns\n");
        var start = new OciArchive.Start(List.of(), List.of("sh"), List.of(PATH), "/", "");
        return new OciArchive(BUSYBOX, files, start);
    }

    private static void text(SequencedMap<String, Entry> files, String path, String text) {
        files.put(path, new Entry.Content(0644, text.getBytes(UTF_8)));
    }

    private static List<String> applets() throws IOException, InterruptedException {
        Process listing = new ProcessBuilder("/usr/bin/busybox", "--list").start();
        String printed = new String(listing.getInputStream().readAllBytes(), UTF_8);
        if (listing.waitFor() != 0) {
            throw new IOException("busybox --list ended with " + listing.exitValue());
        }
        return printed.lines().filter(each -> !each.isBlank() && !each.equals("busybox")).toList();
    }
}
