package dev.gantry.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts of the API of Kubernetes v1.36, in {@code src/test/resources/spec}: what discovery tells of
 * its stable versions and of {@code scheduling.k8s.io/v1alpha2}, the fields of all types without
 * their descriptions, the operations at all paths, the values of enumerations as a v1.36.2 API
 * server serves them, and one object of most kinds in JSON and in protobuf (of {@code
 * k8s.io/api/testdata}; Apache License 2.0; PodGroup and Workload as an API server answered).
 */
public final class UpstreamSpec {
    private UpstreamSpec() {}

    /** Aggregated discovery of all groups but the core one. */
    public static JsonNode discovery() {
        return json("discovery.json");
    }

    /** Aggregated discovery of the core group. */
    public static JsonNode coreDiscovery() {
        return json("discovery-core.json");
    }

    /** The types by their names in OpenAPI v2. */
    public static JsonNode types() {
        try (InputStream in = new GZIPInputStream(open("openapi-types.json.gz"))) {
            return JsonMapper.shared().readTree(in.readAllBytes()).path("definitions");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * What can be done at the paths of what is served here, as OpenAPI v2 tells it: parameters
     * stand where they count, and are not described.
     */
    public static JsonNode paths() {
        try (InputStream in = new GZIPInputStream(open("openapi-paths.json.gz"))) {
            return JsonMapper.shared().readTree(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Allowed values by {@code TYPE.FIELD}, of all that are enumerated in OpenAPI v3. */
    public static SortedMap<String, List<String>> enumerations() {
        try (InputStream in = open("enums.txt")) {
            SortedMap<String, List<String>> found = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(
                            words ->
                                    found.put(
                                            words[0] + "." + words[1],
                                            List.of(words[2].replace('_', ' ').split(","))));
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The files of objects by name: {@code core.v1.Pod.json} and {@code core.v1.Pod.pb}. */
    public static SortedMap<String, byte[]> goldens() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(open("goldens.zip"))) {
            ZipEntry entry = in.getNextEntry();
            while (entry != null) {
                files.put(entry.getName(), in.readAllBytes());
                entry = in.getNextEntry();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Collections.unmodifiableSortedMap(files);
    }

    private static JsonNode json(String name) {
        try (InputStream in = open(name)) {
            return JsonMapper.shared().readTree(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(
                UpstreamSpec.class.getResourceAsStream("/spec/" + name), name);
    }
}
