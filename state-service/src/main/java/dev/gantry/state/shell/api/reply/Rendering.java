package dev.gantry.state.shell.api.reply;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Encoding;
import dev.gantry.state.codec.PartialMetadata;
import dev.gantry.state.listing.ItemChunks;
import dev.gantry.state.listing.ListEncoding;
import dev.gantry.state.listing.Page;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.request.Answer;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Form;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.table.IncludeObject;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts objects into the form that a client asked for. */
public final class Rendering {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int MANY_CHUNKS = 4;
    private static final byte[] END = {']', '}'};

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
                ObjectNode partial = PartialMetadata.of(parse(json));
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
        return switch (form.as()) {
            case TABLE -> chunked(form, tableOf(call, page));
            case PARTIAL_METADATA, PARTIAL_METADATA_LIST -> chunked(form, partialList(page));
            default ->
                    form.encoding() == Encoding.PROTOBUF
                            ? Replies.whole(200, form.contentType(), protobufList(call, page))
                            : chunked(form, jsonList(call, page));
        };
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
                            form.encoding(),
                            type,
                            BodyEncoder.json(PartialMetadata.of(parse(json))));
            default -> encoder.frame(form.encoding(), type, call.converted(json));
        };
    }

    public byte[] errorFrame(Form form, byte[] status) {
        return encoder.frame(form.encoding(), "ERROR", status);
    }

    private ApiReply chunked(Form form, List<byte[]> chunks) {
        boolean isSentAsIs = form.encoding() == Encoding.JSON && !form.isPretty();
        if (isSentAsIs && chunks.size() > MANY_CHUNKS) {
            return Replies.streaming(form.contentType(), new ReadyFrames(chunks));
        }
        byte[] json = Chunks.join(chunks);
        return Replies.whole(
                200,
                form.contentType(),
                isSentAsIs ? json : encoder.object(form.encoding(), json, form.isPretty()));
    }

    /** Compat: items of a custom kind say their kind, those of a built-in one do not. */
    private static List<byte[]> jsonList(Call call, Page page) {
        if (!call.schema().isBuiltin()) {
            return ListEncoding.encode(call.kind(), page, call::converted);
        }
        return call.target().version().isStored()
                ? ListEncoding.encode(call.kind(), page)
                : ListEncoding.encode(call.kind(), page, json -> untyped(call.converted(json)));
    }

    private static byte[] untyped(byte[] json) {
        ObjectNode item = parse(json);
        item.remove(List.of("kind", "apiVersion"));
        return BodyEncoder.json(item);
    }

    private byte[] protobufList(Call call, Page page) {
        Kind kind = call.kind();
        return encoder.protobufList(
                KindName.of(kind.apiVersion(), kind.kindName() + "List"),
                ListEncoding.metadata(page),
                page.objects().stream().map(each -> call.converted(each.json())).toList());
    }

    private static List<byte[]> partialList(Page page) {
        ObjectNode list = MAPPER.createObjectNode();
        list.put("kind", "PartialObjectMetadataList")
                .put("apiVersion", PartialMetadata.API_VERSION);
        list.set("metadata", ListEncoding.metadata(page));
        var chunks = new ItemChunks(opened(list, "items"));
        page.objects()
                .forEach(
                        each ->
                                chunks.add(
                                        BodyEncoder.json(
                                                PartialMetadata.of(each.decode().tree()))));
        return chunks.finish(END);
    }

    private List<byte[]> tableOf(Call call, Page page) {
        ObjectNode start = Tables.start(printer(call), ListEncoding.metadata(page));
        var chunks = new ItemChunks(opened(start, "rows"));
        for (StoredObject each : page.objects()) {
            chunks.add(BodyEncoder.json(row(call, each.decode().tree())));
        }
        return chunks.finish(END);
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
        ObjectNode row = Tables.row(printer(call), object, include, clock.instant());
        if (include == IncludeObject.OBJECT && !isCustom) {
            call.conversion().fromStored((ObjectNode) row.path("object"));
        }
        return row;
    }

    private static Printer printer(Call call) {
        return call.target().version().printer();
    }

    /** The text of an object up to the first item of a list that comes last in it. */
    private static byte[] opened(ObjectNode object, String list) {
        String text = object.toString();
        return (text.substring(0, text.length() - 1) + ",\"" + list + "\":[")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static IncludeObject include(Call call) {
        String given = call.query().first("includeObject");
        return IncludeObject.parse(given)
                .orElseThrow(
                        () ->
                                new Refused(
                                        new Refusal.BadRequest(
                                                "unrecognized includeObject value: \"%s\""
                                                        .formatted(given))));
    }

    private static ObjectNode revisionOf(ObjectNode object) {
        return MAPPER.createObjectNode()
                .put(
                        "resourceVersion",
                        object.path("metadata").path("resourceVersion").asString(""));
    }

    private static ObjectNode parse(byte[] json) {
        return (ObjectNode) MAPPER.readTree(json);
    }
}
