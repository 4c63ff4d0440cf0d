package dev.gantry.state.shell.api.read;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.state.listing.Selection;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.option.ListOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.shell.api.reply.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a list, watch or deletecollection selects. */
public final class Selections {
    private Selections() {}

    public static ListOptions options(Call call, boolean watches) {
        return options(call.query(), watches);
    }

    public static ListOptions options(Query query, boolean watches) {
        ListOptions options;
        try {
            options = ListOptions.parse(query);
        } catch (ListOptions.UnknownMatch unknown) {
            throw new Refused(unknown.refusal());
        } catch (IllegalArgumentException malformed) {
            throw new Refused(new Refusal.BadRequest(String.valueOf(malformed.getMessage())));
        }
        Optional<Refusal> refusal = options.contradiction(watches).or(options::badVersion);
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
        return options;
    }

    public static Selection of(Call call, ListOptions options) {
        FieldSelector fields = known(call, options.fields());
        if (!call.request().name().isEmpty()) {
            List<FieldSelector.Term> terms = new ArrayList<>(fields.terms());
            terms.add(new FieldSelector.Term("metadata.name", call.request().name(), true));
            fields = new FieldSelector(terms);
        }
        return new Selection(call.target().namespace(), options.labels(), fields, readerOf(call));
    }

    /** Cost: an object of a custom kind is decoded, but only where such a field is asked for. */
    private static Selection.FieldReader readerOf(Call call) {
        return call.schema().isBuiltin()
                ? StoredObject::field
                : (object, name) ->
                        call.target()
                                .strategy()
                                .selectableFields(object.decode().tree())
                                .getOrDefault(name, "");
    }

    private static FieldSelector known(Call call, FieldSelector fields) {
        if (fields.isEverything()) {
            return fields;
        }
        Set<String> own =
                new TreeSet<>(
                        call.target()
                                .strategy()
                                .selectableFields(JsonMapper.shared().createObjectNode())
                                .keySet());
        List<FieldSelector.Term> terms = new ArrayList<>();
        for (FieldSelector.Term term : fields.terms()) {
            String field = term.field();
            Optional<String> stored = call.conversion().storedField(field).filter(own::contains);
            boolean isCommon = field.equals("metadata.name") || field.equals("metadata.namespace");
            if (!isCommon && stored.isEmpty()) {
                // Compat: kinds without selectable fields of their own have another sentence.
                String message =
                        own.isEmpty() && call.schema().isBuiltin()
                                ? "\"%s\" is not a known field selector: only \"metadata.name\","
                                        + " \"metadata.namespace\""
                                : "field label not supported: %s";
                throw new Refused(new Refusal.BadRequest(message.formatted(field)));
            }
            terms.add(new FieldSelector.Term(stored.orElse(field), term.value(), term.isEqual()));
        }
        return new FieldSelector(terms);
    }
}
