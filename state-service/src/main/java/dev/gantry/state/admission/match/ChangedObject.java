package dev.gantry.state.admission.match;

import dev.gantry.state.admission.AdmissionRequest.Subject;
import dev.gantry.state.codec.json.TreeReader;
import dev.gantry.state.codec.json.TreeReading;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The object of a request as a patch of a webhook or a policy left it, read as one that a client
 * sends: fields that are not declared go, and defaults are set again.
 */
public sealed interface ChangedObject {
    /**
     * @param object in the form of the request's object: as stored, with defaults
     * @param oddities fields that are unknown or there twice, as a strict decoding error names them
     */
    record Read(ObjectNode object, List<String> oddities) implements ChangedObject {}

    /** Not before a webhook has converted it: the call is noted as open. */
    record Open() implements ChangedObject {}

    record Unreadable(String why) implements ChangedObject {}

    /**
     * @param shown how the object was shown
     * @param patched the object in that version
     */
    static ChangedObject of(ShownRequest shown, ObjectNode patched) {
        Subject subject = shown.request().subject();
        TypeSchema schema =
                subject.isOfObject()
                        ? shown.version().schema()
                        : Schemas.BUILTIN.of(subject.body(subject.version())).orElseThrow();
        byte[] json = JsonMapper.shared().writeValueAsBytes(patched);
        return switch (TreeReader.read(json, schema.wire())) {
            case TreeReading.Tree(var tree, var oddities) -> {
                List<String> all = new ArrayList<>(oddities);
                schema.prune(tree).forEach(each -> all.add("unknown field \"" + each + "\""));
                yield ConvertedByWebhook.is(subject, shown.version())
                        ? converted(shown, tree, all)
                        : new Read(subject.isOfObject() ? stored(shown, tree) : tree, all);
            }
            case TreeReading.Mistyped(var why, _) -> new Unreadable(why);
            case TreeReading.Malformed(var why) -> new Unreadable(why);
            case TreeReading.TooLarge _ -> new Unreadable("the patched object is too large");
        };
    }

    private static ChangedObject converted(
            ShownRequest shown, ObjectNode tree, List<String> oddities) {
        Subject subject = shown.request().subject();
        shown.version().strategy().setDefaults(tree);
        var back = ConvertedByWebhook.to(subject.version(), shown.request().context());
        return switch (back.of(tree)) {
            case ConvertedByWebhook.Result.Open _ -> new Open();
            case ConvertedByWebhook.Result.Failed(var why) -> new Unreadable(why);
            case ConvertedByWebhook.Result.Converted(var object) -> {
                subject.version().strategy().setDefaults(object);
                yield new Read(object, oddities);
            }
        };
    }

    private static ObjectNode stored(ShownRequest shown, ObjectNode tree) {
        Subject subject = shown.request().subject();
        ObjectNode stored = shown.version().conversion().toStored(tree);
        subject.definition().schema().complete(stored);
        subject.version().strategy().setDefaults(stored);
        return stored;
    }
}
