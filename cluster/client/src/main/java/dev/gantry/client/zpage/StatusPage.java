package dev.gantry.client.zpage;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.version.ServerVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /statusz}: which versions, since when, and where more is told. */
public final class StatusPage {
    private static final Set<String> NOT_FOR_DEBUGGING =
            Set.of("/apis", "/api", "/openid", "/openapi", "/.well-known");

    /** Compat: Go's {@code time.UnixDate}; a day of one digit stands after two spaces. */
    private static final DateTimeFormatter UNIX_DATE =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss 'UTC' yyyy", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private StatusPage() {}

    /**
     * @param paths what the component answers; only their first segments are told
     */
    public static ZPage of(
            String component, Instant started, Instant now, Collection<String> paths) {
        Duration up = now.isAfter(started) ? Duration.between(started, now) : Duration.ZERO;
        String binary = ServerVersion.binary();
        String emulated = ServerVersion.emulated();
        String language = ServerVersion.language();
        List<String> told = firstSegments(paths);
        StringBuilder lines = new StringBuilder("\n");
        lines.append("Started: ").append(UNIX_DATE.format(started)).append('\n');
        lines.append("Up: ").append(shown(up)).append('\n');
        lines.append("Go version: ").append(language).append('\n');
        lines.append("Binary version: ").append(binary).append('\n');
        lines.append("Emulation version: ").append(emulated).append('\n');
        lines.append("Paths: ").append(String.join(" ", told)).append('\n');
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("startTime", Conditions.timestamp(started));
        fields.put("uptimeSeconds", up.toSeconds());
        fields.put("goVersion", language);
        fields.put("binaryVersion", binary);
        fields.put("emulationVersion", emulated);
        ArrayNode array = fields.putArray("paths");
        told.forEach(array::add);
        return new ZPage(component, "Statusz", lines.toString(), fields);
    }

    private static String shown(Duration up) {
        return "%d hr %02d min %02d sec"
                .formatted(up.toHours(), up.toMinutesPart(), up.toSecondsPart());
    }

    private static List<String> firstSegments(Collection<String> paths) {
        TreeSet<String> found = new TreeSet<>();
        for (String path : paths) {
            String[] segments = path.split("/", 3);
            if (segments.length > 1 && !segments[1].isEmpty()) {
                found.add("/" + segments[1]);
            }
        }
        found.removeAll(NOT_FOR_DEBUGGING);
        return List.copyOf(found);
    }
}
