package dev.gantry.agent.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.digest.Sha256;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of an NFS server, and how it is mounted. Those that are equal are one mount of the node.
 *
 * @param source {@code SERVER:PATH}, as mount.nfs takes it
 * @param options such as {@code ro} and {@code nfsvers=4.1}
 */
public record NfsExport(String source, List<String> options) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int NAME_BYTES = 16;
    private static final String READ_ONLY = "ro";

    /** What a pod's volume says. */
    public static NfsExport of(JsonNode nfs) {
        return of(nfs, List.of(), false);
    }

    /**
     * What a PersistentVolume says.
     *
     * @param isReadOnly whether the pod wants no more than to read
     */
    public static NfsExport of(Resource volume, boolean isReadOnly) {
        List<String> options = new ArrayList<>();
        volume.spec().path("mountOptions").forEach(each -> options.add(each.asString("")));
        return of(volume.spec().path("nfs"), options, isReadOnly);
    }

    private static NfsExport of(JsonNode nfs, List<String> given, boolean isReadOnly) {
        List<String> options = new ArrayList<>(given);
        boolean isOnlyRead = isReadOnly || nfs.path("readOnly").asBoolean(false);
        if (isOnlyRead && !options.contains(READ_ONLY)) {
            options.add(READ_ONLY);
        }
        String server = Resource.text(nfs, "server");
        // Compat: an address of IPv6 stands in brackets, with those that were written or without.
        boolean isBare = server.indexOf(':') >= 0 && !server.startsWith("[");
        String host = isBare ? "[" + server + "]" : server;
        return new NfsExport(host + ":" + Resource.text(nfs, "path"), List.copyOf(options));
    }

    /** What was written by {@link #text}. */
    public static NfsExport parse(String text) {
        List<String> all = new ArrayList<>();
        JSON.readTree(text).forEach(each -> all.add(each.asString()));
        return new NfsExport(all.getFirst(), List.copyOf(all.subList(1, all.size())));
    }

    /** In one line, whatever is in the names. */
    public String text() {
        List<String> all = new ArrayList<>(List.of(source));
        all.addAll(options);
        return JSON.writeValueAsString(all);
    }

    /** A name for its folder: the same for all who mount the same. */
    public String folderName() {
        return HexFormat.of().formatHex(Sha256.of(text().getBytes(UTF_8)), 0, NAME_BYTES);
    }
}
