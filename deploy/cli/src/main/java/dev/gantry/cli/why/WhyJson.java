package dev.gantry.cli.why;

import dev.gantry.cli.remedy.Remedy;
import dev.gantry.cli.remedy.Suggestion;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report for programs. */
public final class WhyJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private WhyJson() {}

    public static ObjectNode of(WhyReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("pod", report.pod());
        json.put("situation", report.situation().name().toLowerCase(Locale.ROOT));
        json.put("node", report.node());
        report.decision().ifPresent(kept -> json.set("decision", kept));
        json.put("decidedAt", report.decidedAt());
        report.today().ifPresent(now -> json.set("today", now.toJson()));
        json.put("message", report.message());
        ArrayNode hindrances = json.putArray("hindrances");
        report.hindrances().forEach(hindrances::add);
        ArrayNode lacks = json.putArray("lacks");
        report.lacks().forEach(each -> lacks.add(JSON.valueToTree(each)));
        ArrayNode suggestions = json.putArray("suggestions");
        report.suggestions().forEach(each -> suggestions.add(suggestion(each)));
        report.gang().ifPresent(gang -> json.set("gang", JSON.valueToTree(gang)));
        ArrayNode notes = json.putArray("notes");
        report.notes().forEach(notes::add);
        return json;
    }

    private static ObjectNode suggestion(Suggestion suggestion) {
        ObjectNode json = JSON.createObjectNode();
        json.put("text", suggestion.text()).put("node", suggestion.node());
        ArrayNode others = json.putArray("alsoOn");
        suggestion.others().forEach(others::add);
        ArrayNode changes = json.putArray("changes");
        for (Remedy each : suggestion.remedies()) {
            ObjectNode change = changes.addObject();
            change.put("change", each.getClass().getSimpleName()).put("text", each.text());
            change.setAll((ObjectNode) JSON.valueToTree(each));
        }
        return json;
    }
}
