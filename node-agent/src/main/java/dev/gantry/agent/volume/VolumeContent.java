package dev.gantry.agent.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.DownwardField;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec.Part;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The files of the volumes that the agent writes.
 *
 * @param sources the referenced objects that exist
 * @param tokens by what the volume asks for
 */
public record VolumeContent(
        PodSpec pod,
        NodeFacts node,
        Map<ObjectKey, Resource> sources,
        Map<TokenProjection, String> tokens) {
    /** Compat: a token is for its user alone; the fsGroup, where there is one, may read it, too. */
    private static final int MODE_OF_OWN_TOKEN = 0600;

    /** Files by relative path, or why there are none. */
    public record Outcome(SortedMap<String, VolumeFile> files, Optional<String> problem) {}

    public Outcome of(VolumeSpec volume) {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        for (Part part : volume.parts()) {
            Optional<String> problem = add(files, part, volume.defaultMode());
            if (problem.isPresent()) {
                return new Outcome(new TreeMap<>(), problem);
            }
        }
        return new Outcome(files, Optional.empty());
    }

    private Optional<String> add(SortedMap<String, VolumeFile> files, Part part, int defaultMode) {
        return switch (part.type()) {
            case CONFIG_MAP -> addObject(files, part, Kinds.CONFIG_MAP, defaultMode);
            case SECRET -> addObject(files, part, Kinds.SECRET, defaultMode);
            case DOWNWARD -> addFields(files, part, defaultMode);
            case PROJECTED -> addToken(files, part, defaultMode);
            case EMPTY_DIR, HOST_PATH, CLAIM, EPHEMERAL, NFS, IMAGE, UNSUPPORTED ->
                    Optional.empty();
        };
    }

    private Optional<String> addObject(
            SortedMap<String, VolumeFile> files, Part part, Kind kind, int defaultMode) {
        Resource source = sources.get(new ObjectKey(kind.resource(), pod.namespace(), part.name()));
        if (source == null) {
            return part.isOptional()
                    ? Optional.empty()
                    : Optional.of("%s \"%s\" not found".formatted(kind.singular(), part.name()));
        }
        SortedMap<String, byte[]> values = values(kind, source);
        JsonNode items = part.source().path("items");
        if (items.isEmpty()) {
            values.forEach((key, value) -> files.put(key, new VolumeFile(value, defaultMode)));
            return Optional.empty();
        }
        for (JsonNode item : items) {
            String key = Resource.text(item, "key");
            byte[] value = values.get(key);
            if (value != null) {
                int mode = item.path("mode").asInt(defaultMode);
                files.put(Resource.text(item, "path"), new VolumeFile(value, mode));
            } else if (!part.isOptional()) {
                return Optional.of(
                        "references non-existent %s key: %s"
                                .formatted(kind.equals(Kinds.SECRET) ? "secret" : "config", key));
            }
        }
        return Optional.empty();
    }

    private static SortedMap<String, byte[]> values(Kind kind, Resource source) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        boolean isSecret = kind.equals(Kinds.SECRET);
        for (var each : source.tree().path("data").properties()) {
            String text = each.getValue().asString("");
            byte[] value = isSecret ? Base64.getDecoder().decode(text) : text.getBytes(UTF_8);
            found.put(each.getKey(), value);
        }
        for (var each : source.tree().path("binaryData").properties()) {
            found.put(each.getKey(), Base64.getDecoder().decode(each.getValue().asString("")));
        }
        return found;
    }

    private Optional<String> addFields(
            SortedMap<String, VolumeFile> files, Part part, int defaultMode) {
        for (JsonNode item : part.source().path("items")) {
            Optional<String> value =
                    item.path("fieldRef").isObject()
                            ? DownwardField.field(
                                    Resource.text(item.path("fieldRef"), "fieldPath"),
                                    pod,
                                    node,
                                    List.of())
                            : resource(item.path("resourceFieldRef"));
            if (value.isEmpty()) {
                return Optional.of("unsupported downward field in " + item);
            }
            int mode = item.path("mode").asInt(defaultMode);
            files.put(
                    Resource.text(item, "path"), new VolumeFile(value.get().getBytes(UTF_8), mode));
        }
        return Optional.empty();
    }

    private Optional<String> resource(JsonNode reference) {
        Optional<ContainerSpec> container =
                pod.container(Resource.text(reference, "containerName"));
        return container.flatMap(each -> DownwardField.resource(reference, each, node));
    }

    private Optional<String> addToken(
            SortedMap<String, VolumeFile> files, Part part, int defaultMode) {
        String token = tokens.get(part.tokenProjection());
        if (token == null) {
            return Optional.of(
                    "no token for audience \"" + part.tokenProjection().audience() + "\"");
        }
        OptionalLong user = user();
        boolean isOwn = user.isPresent() || pod.security().path("fsGroup").isNumber();
        int mode = isOwn ? MODE_OF_OWN_TOKEN : defaultMode;
        files.put(
                Resource.text(part.source(), "path"),
                new VolumeFile(token.getBytes(UTF_8), mode, user));
        return Optional.empty();
    }

    /** Compat: {@code FsUserFrom}: the user id, where all containers name the same. */
    private OptionalLong user() {
        OptionalLong found = OptionalLong.empty();
        for (ContainerSpec each : pod.containers()) {
            JsonNode own = each.security().path("runAsUser");
            JsonNode user = own.isNumber() ? own : pod.security().path("runAsUser");
            boolean isAnother = found.isPresent() && found.getAsLong() != user.asLong(0);
            if (!user.isNumber() || isAnother) {
                return OptionalLong.empty();
            }
            found = OptionalLong.of(user.asLong());
        }
        return found;
    }
}
