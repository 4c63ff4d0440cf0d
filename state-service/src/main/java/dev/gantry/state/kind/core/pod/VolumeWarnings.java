package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Volumes of sorts that are no longer served, and files of which one hides another. */
public final class VolumeWarnings {
    private static final String SINCE_1_22 = "deprecated in v1.22, non-functional in v1.25+";
    private static final String SINCE_1_28 = "deprecated in v1.28, non-functional in v1.31+";

    /** By the field of the source. */
    private static final Map<String, String> GONE =
            Map.of(
                    "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
                    "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
                    "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
                    "flocker", SINCE_1_22,
                    "storageos", SINCE_1_22,
                    "quobyte", SINCE_1_22,
                    "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
                    "cephfs", SINCE_1_28,
                    "rbd", SINCE_1_28);

    private VolumeWarnings() {}

    static List<String> of(JsonNode volumes, String path) {
        List<String> found = new ArrayList<>();
        int index = 0;
        for (JsonNode volume : volumes) {
            String where = path + "[" + index++ + "]";
            found.addAll(ofSource(volume, where));
            JsonNode claim = volume.path("ephemeral").path("volumeClaimTemplate").path("spec");
            found.addAll(
                    FractionalBytes.ofClaim(claim, where + ".ephemeral.volumeClaimTemplate.spec"));
        }
        volumes.forEach(each -> found.addAll(overlaps(each)));
        return found;
    }

    /** Of the source of one volume. Compat: one of them is reported under another name. */
    public static List<String> ofSource(JsonNode volume, String path) {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : volume.properties()) {
            String why = GONE.get(each.getKey());
            if (why != null && !each.getValue().isNull()) {
                String name = each.getKey().equals("storageos") ? "storageOS" : each.getKey();
                found.add(path + "." + name + ": " + why);
            }
        }
        return found;
    }

    private static List<String> overlaps(JsonNode volume) {
        String name = "volume \"" + Resource.text(volume, "name") + "\" ";
        if (volume.path("projected").isObject()) {
            return overlaps(name + "(Projected)", projected(volume.path("projected")));
        }
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("configMap", "ConfigMap");
        kinds.put("secret", "Secret");
        kinds.put("downwardAPI", "DownwardAPI");
        for (Map.Entry<String, String> kind : kinds.entrySet()) {
            JsonNode source = volume.path(kind.getKey());
            if (source.isObject()) {
                String whole = name + "(" + titled(kind.getValue(), source) + ")";
                return overlaps(whole, files(source, ""));
            }
        }
        return List.of();
    }

    private static String titled(String kind, JsonNode source) {
        String name = Resource.text(source, kind.equals("Secret") ? "secretName" : "name");
        return kind.equals("DownwardAPI") ? kind : kind + " \"" + name + "\"";
    }

    /** A file in a volume, and what is said of where it comes from. */
    private record File(String path, String origin) {
        String told() {
            return '"' + path + '"' + (origin.isEmpty() ? "" : " (" + origin + ")");
        }

        boolean overlaps(File other) {
            return path.equals(other.path)
                    || path.startsWith(other.path + "/")
                    || other.path.startsWith(path + "/");
        }
    }

    private static List<File> projected(JsonNode projected) {
        List<File> found = new ArrayList<>();
        for (JsonNode source : projected.path("sources")) {
            for (String kind : List.of("Secret", "ConfigMap", "DownwardAPI")) {
                String field = kind.substring(0, 1).toLowerCase(java.util.Locale.ROOT);
                JsonNode files = source.path(field + kind.substring(1));
                String name = Resource.text(files, "name");
                String origin = kind.equals("DownwardAPI") ? kind : kind + " \"" + name + "\"";
                found.addAll(files(files, origin));
            }
            JsonNode token = source.path("serviceAccountToken");
            if (token.isObject()) {
                found.add(new File(Resource.text(token, "path"), "ServiceAccountToken"));
            }
        }
        return found;
    }

    private static List<File> files(JsonNode source, String origin) {
        List<File> found = new ArrayList<>();
        for (JsonNode item : source.path("items")) {
            found.add(new File(Resource.text(item, "path"), origin));
        }
        return found;
    }

    /** Each file with those before it. */
    private static List<String> overlaps(String where, List<File> files) {
        List<String> found = new ArrayList<>();
        for (int i = 1; i < files.size(); i++) {
            for (File before : files.subList(0, i)) {
                File file = files.get(i);
                if (file.overlaps(before)) {
                    found.add(
                            "%s: overlapping paths: %s with %s"
                                    .formatted(where, file.told(), before.told()));
                }
            }
        }
        return found;
    }
}
