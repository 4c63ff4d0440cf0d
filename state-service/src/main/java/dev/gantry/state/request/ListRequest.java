package dev.gantry.state.request;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.state.listing.Selection;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.option.ListOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** What a list, watch or deletecollection selects, and how it is to be sent. */
public record ListRequest(ListOptions options, Selection selection) {
    public static Judged<ListRequest> of(Call call) {
        boolean watches = call.request().verb().equals("watch");
        return options(call.query(), watches)
                .then(
                        options ->
                                selection(call, options)
                                        .map(selection -> new ListRequest(options, selection)));
    }

    private static Judged<ListOptions> options(Query query, boolean watches) {
        ListOptions options;
        try {
            options = ListOptions.parse(query);
        } catch (IllegalArgumentException malformed) {
            return Judged.refused(new Refusal.BadRequest(String.valueOf(malformed.getMessage())));
        }
        return Judged.unless(
                options.contradiction(watches).or(() -> options.badVersion(watches)), options);
    }

    private static Judged<Selection> selection(Call call, ListOptions options) {
        String name = call.request().name();
        return known(call, options.fields())
                .map(fields -> name.isEmpty() ? fields : named(fields, name))
                .map(
                        fields ->
                                new Selection(
                                        call.target().namespace(),
                                        options.labels(),
                                        fields,
                                        readerOf(call)));
    }

    private static FieldSelector named(FieldSelector fields, String name) {
        List<FieldSelector.Term> terms = new ArrayList<>(fields.terms());
        terms.add(new FieldSelector.Term("metadata.name", name, true));
        return new FieldSelector(terms);
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

    /** As they are called in the stored version. */
    private static Judged<FieldSelector> known(Call call, FieldSelector fields) {
        if (fields.isEverything()) {
            return Judged.of(fields);
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
                return Judged.refused(unknown(field, own.isEmpty() && call.schema().isBuiltin()));
            }
            terms.add(new FieldSelector.Term(stored.orElse(field), term.value(), term.isEqual()));
        }
        return Judged.of(new FieldSelector(terms));
    }

    /** Compat: kinds without selectable fields of their own have another sentence. */
    private static Refusal unknown(String field, boolean hasCommonOnly) {
        String message =
                hasCommonOnly
                        ? "\"%s\" is not a known field selector: only \"metadata.name\","
                                + " \"metadata.namespace\""
                        : "field label not supported: %s";
        return new Refusal.BadRequest(message.formatted(field));
    }
}
