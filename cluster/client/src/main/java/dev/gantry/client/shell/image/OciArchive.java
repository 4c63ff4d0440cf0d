package dev.gantry.client.shell.image;

import dev.gantry.model.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image as an OCI image layout in a tar, ready for {@code ctr -n k8s.io images import}.
 *
 * @param name with its tag, such as {@code localhost/gantry/pause:1}
 * @param files by absolute path, parents before children
 */
public record OciArchive(String name, SequencedMap<String, Entry> files, Start start) {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    /** What stands at a path of the image. */
    public sealed interface Entry {
        record Content(int mode, byte[] bytes) implements Entry {}

        record Directory(int mode) implements Entry {}

        record Link(String target) implements Entry {}
    }

    /** How a container of it starts; an empty user is root. */
    public record Start(
            List<String> entrypoint,
            List<String> command,
            List<String> environment,
            String workingDirectory,
            String user) {}

    public void writeTo(Path file) throws IOException {
        Files.write(file, bytes());
    }

    public byte[] bytes() {
        byte[] layer = layer();
        byte[] config = config(Sha256.hex(layer));
        byte[] manifest = manifest(config, layer);
        var tar = new TarArchive();
        tar.file("oci-layout", 0644, json(object().put("imageLayoutVersion", "1.0.0")));
        tar.directory("blobs", 0755);
        tar.directory("blobs/sha256", 0755);
        for (byte[] blob : List.of(layer, config, manifest)) {
            tar.file("blobs/sha256/" + Sha256.hex(blob), 0644, blob);
        }
        tar.file("index.json", 0644, index(manifest));
        return tar.finished();
    }

    private byte[] layer() {
        var tar = new TarArchive();
        files.forEach(
                (path, entry) -> {
                    String relative = path.substring(1);
                    switch (entry) {
                        case Entry.Content content ->
                                tar.file(relative, content.mode(), content.bytes());
                        case Entry.Directory directory -> tar.directory(relative, directory.mode());
                        case Entry.Link link -> tar.symbolicLink(relative, link.target());
                    }
                });
        return tar.finished();
    }

    private byte[] config(String layerDigest) {
        ObjectNode made = object().put("architecture", architecture()).put("os", "linux");
        ObjectNode run = made.putObject("config");
        start.entrypoint().forEach(run.putArray("Entrypoint")::add);
        start.command().forEach(run.putArray("Cmd")::add);
        start.environment().forEach(run.putArray("Env")::add);
        run.put("WorkingDir", start.workingDirectory()).put("User", start.user());
        ObjectNode root = made.putObject("rootfs").put("type", "layers");
        root.putArray("diff_ids").add("sha256:" + layerDigest);
        return json(made);
    }

    private static byte[] manifest(byte[] config, byte[] layer) {
        ObjectNode made = object().put("schemaVersion", 2).put("mediaType", MANIFEST);
        made.set("config", descriptor(CONFIG, config));
        made.putArray("layers").add(descriptor(LAYER, layer));
        return json(made);
    }

    private byte[] index(byte[] manifest) {
        ObjectNode made = object().put("schemaVersion", 2).put("mediaType", INDEX);
        ObjectNode entry = descriptor(MANIFEST, manifest);
        entry.putObject("annotations")
                .put("io.containerd.image.name", name)
                .put("org.opencontainers.image.ref.name", name);
        made.putArray("manifests").add(entry);
        return json(made);
    }

    private static ObjectNode descriptor(String type, byte[] blob) {
        return object().put("mediaType", type)
                .put("digest", "sha256:" + Sha256.hex(blob))
                .put("size", blob.length);
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static byte[] json(ObjectNode tree) {
        return JsonMapper.shared().writeValueAsBytes(tree);
    }
}
