package dev.gantry.state.shell.api.reply;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Encoding;
import dev.gantry.state.codec.PartialMetadata;
import dev.gantry.state.codec.Transformation;
import dev.gantry.state.listing.ListEncoding;
import dev.gantry.state.listing.ListText;
import dev.gantry.state.listing.Page;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.request.Answer;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Form;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.table.IncludeObject;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Tables;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts objects into the form that a client asked for. */
public final class Rendering {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int FEW_PIECES = 4;
    private static final String ITEMS = "items";

    private final BodyEncoder encoder;
    private final Clock clock;

    public Rendering(BodyEncoder encoder, Clock clock) {
        this.encoder = encoder;
        this.clock = clock;
    }

    public ApiReply answer(Form form, Call call, Answer answer) {
        byte[] body =
                switch (answer.shown()) {
                    case OBJECT -> object(form, call, answer.json());
                    case DOCUMENT -> plain(form, answer.json());
                };
        return Replies.whole(answer.code(), form.contentType(), body, answer.warnings());
    }

    /** Something that is no object of the call's kind, and has rows of its own. */
    public ApiReply printed(
            Form form, Call call, Printer printer, ObjectNode shown, List<String> warnings) {
        ObjectNode body =
                switch (form.as()) {
                    case TABLE -> {
                        ObjectNode table = Tables.start(printer, revisionOf(shown));
                        table.putArray("rows")
                                .add(
                                        Tables.row(
                                                printer,
                                                shown,
                                                include(call),
                                                Set.of(),
                                                clock.instant()));
                        yield table;
                    }
                    case PARTIAL_METADATA -> PartialMetadata.of(shown, Set.of());
                    default -> shown;
                };
        byte[] encoded = encoder.object(form.encoding(), BodyEncoder.json(body), form.isPretty());
        return Replies.whole(200, form.contentType(), encoded, warnings);
    }

    /** As {@link #object(Form, Call, byte[])}. */
    public byte[] object(Form form, Call call, StoredObject stored) {
        return form.as() == Transformation.NONE
                ? plain(form, call.converted(stored))
                : object(form, call, stored.json());
    }

    /** One object of the call's kind. */
    public byte[] object(Form form, Call call, byte[] json) {
        return switch (form.as()) {
            case TABLE -> {
                ObjectNode object = parse(json);
                yield encoder.object(
                        form.encoding(),
                        BodyEncoder.json(table(call, object, true)),
                        form.isPretty());
            }
            case PARTIAL_METADATA -> {
                ObjectNode partial = metadata(call, parse(json));
                yield encoder.object(form.encoding(), BodyEncoder.json(partial), form.isPretty());
            }
            default -> plain(form, call.converted(json));
        };
    }

    /** As it is, but for the encoding: a Status, a Scale, and so on. */
    public byte[] plain(Form form, byte[] json) {
        return form.isStoredForm() ? json : encoder.object(form.encoding(), json, form.isPretty());
    }

    public ApiReply list(Form form, Call call, Page page) {
        boolean hasNoRows =
                form.as() == Transformation.TABLE
                        && page.objects().isEmpty()
                        && printer(call).equals(PlainPrinter.NAME_AND_DATE);
        if (hasNoRows) {
            ObjectNode table = Tables.start(printer(call), ListEncoding.metadata(page));
            // Compat: kinds without columns of their own have null where others have no rows.
            return Replies.whole(
                    200, form.contentType(), plain(form, BodyEncoder.json(table.putNull("rows"))));
        }
        if (form.encoding() == Encoding.JSON) {
            return inPieces(form, listText(form, call, page));
        }
        if (form.encoding() == Encoding.PROTOBUF && form.as() == Transformation.NONE) {
            return inPieces(form, protobufList(call, page));
        }
        List<byte[]> json = new ArrayList<>();
        listText(form, call, page).forEachRemaining(json::add);
        return Replies.whole(
                200, form.contentType(), encoder.object(form.encoding(), Chunks.join(json), false));
    }

    private ListText listText(Form form, Call call, Page page) {
        boolean isPretty = form.encoding() == Encoding.JSON && form.isPretty();
        return switch (form.as()) {
            case TABLE ->
                    new ListText(
                            Tables.start(printer(call), ListEncoding.metadata(page)),
                            "rows",
                            inOrder(printer(call), page.objects()),
                            (each, out) ->
                                    out.append(BodyEncoder.json(row(call, each.decode().tree()))),
                            isPretty);
            case PARTIAL_METADATA, PARTIAL_METADATA_LIST ->
                    new ListText(
                            partialStart(page),
                            ITEMS,
                            page.objects(),
                            (each, out) ->
                                    out.append(
                                            BodyEncoder.json(metadata(call, each.decode().tree()))),
                            isPretty);
            default ->
                    new ListText(
                            ListEncoding.start(call.kind(), page),
                            ITEMS,
                            page.objects(),
                            itemOf(call),
                            isPretty);
        };
    }

    /** Compat: items of a custom kind say their kind, those of a built-in one do not. */
    private static ListText.Item itemOf(Call call) {
        if (!call.schema().isBuiltin()) {
            return (each, out) -> out.append(call.converted(each));
        }
        return call.target().version().isStored()
                ? ListEncoding.stored(call.kind())
                : (each, out) -> out.append(untyped(call.converted(each)));
    }

    /**
     * @param isFirst whether nothing was sent on this watch before: then a table says its columns
     */
    public byte[] frame(Form form, Call call, String type, byte[] json, boolean isFirst) {
        return switch (form.as()) {
            case TABLE -> {
                ObjectNode table = table(call, parse(json), isFirst);
                yield encoder.frame(form.encoding(), type, BodyEncoder.json(table));
            }
            case PARTIAL_METADATA ->
                    encoder.frame(
                            form.encoding(), type, BodyEncoder.json(metadata(call, parse(json))));
            default -> encoder.frame(form.encoding(), type, call.converted(json));
        };
    }

    public byte[] errorFrame(Form form, byte[] status) {
        return encoder.frame(form.encoding(), "ERROR", status);
    }

    /** What fits into few pieces goes out whole, and says its length. */
    private static ApiReply inPieces(Form form, Iterator<byte[]> pieces) {
        List<byte[]> first = new ArrayList<>();
        while (pieces.hasNext() && first.size() < FEW_PIECES) {
            first.add(pieces.next());
        }
        return pieces.hasNext()
                ? Replies.streaming(form.contentType(), new ReadyFrames(first, pieces))
                : Replies.whole(200, form.contentType(), Chunks.join(first));
    }

    private static byte[] untyped(byte[] json) {
        ObjectNode item = parse(json);
        item.remove(List.of("kind", "apiVersion"));
        return BodyEncoder.json(item);
    }

    private Iterator<byte[]> protobufList(Call call, Page page) {
        Kind kind = call.kind();
        return encoder.protobufList(
                GroupVersionKind.of(kind.apiVersion(), kind.kindName() + "List"),
                ListEncoding.metadata(page),
                page.objects(),
                call::converted);
    }

    private static ObjectNode partialStart(Page page) {
        ObjectNode list = MAPPER.createObjectNode();
        list.put("kind", "PartialObjectMetadataList")
                .put("apiVersion", PartialMetadata.API_VERSION);
        list.set("metadata", ListEncoding.metadata(page));
        return list;
    }

    private ObjectNode table(Call call, ObjectNode object, boolean hasColumns) {
        ObjectNode metadata = revisionOf(object);
        ObjectNode table =
                hasColumns
                        ? Tables.start(printer(call), metadata)
                        : Tables.withoutColumns(metadata);
        table.putArray("rows").add(row(call, object));
        return table;
    }

    private ObjectNode row(Call call, ObjectNode object) {
        IncludeObject include = include(call);
        boolean isCustom = !call.schema().isBuiltin();
        if (isCustom) {
            call.conversion().fromStored(object);
        }
        ObjectNode row = Tables.row(printer(call), object, include, hidden(call), clock.instant());
        if (include == IncludeObject.OBJECT && !isCustom) {
            call.conversion().fromStored((ObjectNode) row.path("object"));
        }
        return row;
    }

    private static ObjectNode metadata(Call call, ObjectNode object) {
        return PartialMetadata.of(object, hidden(call));
    }

    private static Set<String> hidden(Call call) {
        return call.target().strategy().fieldAnnotations().keySet();
    }

    private static List<StoredObject> inOrder(Printer printer, List<StoredObject> objects) {
        return printer.order()
                .map(
                        order ->
                                objects.stream()
                                        .sorted(
                                                Comparator.comparing(
                                                        each -> each.decode().tree(), order))
                                        .toList())
                .orElse(objects);
    }

    private static Printer printer(Call call) {
        return call.target().version().printer();
    }

    private static IncludeObject include(Call call) {
        String given = call.query().first("includeObject");
        return IncludeObject.parse(given)
                .orElseThrow(
                        () ->
                                new Refused(
                                        new Refusal.BadRequest(
                                                "Unable to convert to Table as requested:"
                                                        + " includeObject: Invalid value: \"%s\":"
                                                                .formatted(given)
                                                        + " must be 'Metadata', 'Object', 'None',"
                                                        + " or empty")));
    }

    private static ObjectNode revisionOf(ObjectNode object) {
        ObjectNode metadata = MAPPER.createObjectNode();
        JsonNode revision = object.path("metadata").path("resourceVersion");
        if (revision.isString()) {
            metadata.set("resourceVersion", revision);
        }
        return metadata;
    }

    private static ObjectNode parse(byte[] json) {
        return (ObjectNode) MAPPER.readTree(json);
    }
}
