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
        json.put("situation", word(report.situation()));
        json.put("node", report.node());
        report.said().decision().ifPresent(kept -> json.set("decision", kept));
        json.put("decidedAt", report.said().decidedAt());
        report.said().today().ifPresent(now -> json.set("today", now.toJson()));
        json.put("message", report.said().message());
        ArrayNode hindrances = json.putArray("hindrances");
        report.obstacles().everywhere().forEach(hindrances::add);
        ArrayNode lacks = json.putArray("lacks");
        report.obstacles().lacks().forEach(each -> lacks.add(JSON.valueToTree(each)));
        ArrayNode suggestions = json.putArray("suggestions");
        report.obstacles().suggestions().forEach(each -> suggestions.add(suggestion(each)));
        report.gang().ifPresent(gang -> json.set("gang", JSON.valueToTree(gang)));
        ArrayNode notes = json.putArray("notes");
        report.notes().forEach(notes::add);
        return json;
    }

    public static ObjectNode of(OwnerReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("owner", report.owner()).put("missing", report.missing());
        ArrayNode pods = json.putArray("pods");
        for (OwnerReport.Member each : report.pods()) {
            pods.addObject()
                    .put("pod", each.pod())
                    .put("situation", word(each.situation()))
                    .put("node", each.node());
        }
        report.first().ifPresent(first -> json.set("why", of(first)));
        return json;
    }

    private static String word(Situation situation) {
        return situation.name().toLowerCase(Locale.ROOT);
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
