package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Encoding;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.codec.PartialMetadata;
import dev.gantry.state.codec.Transformation;
import dev.gantry.state.listing.ListEncoding;
import dev.gantry.state.listing.Page;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.table.IncludeObject;
import dev.gantry.state.table.Tables;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts objects into the form that a client asked for. */
final class Rendering {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int MANY_CHUNKS = 4;

    private final BodyEncoder encoder;
    private final Clock clock;

    Rendering(BodyEncoder encoder, Clock clock) {
        this.encoder = encoder;
        this.clock = clock;
    }

    /** What the client accepts, as chosen. */
    record Form(Encoding encoding, Transformation as, String contentType, boolean isPretty) {
        /** Whether stored bytes go out as they are. */
        boolean isStoredForm() {
            return encoding == Encoding.JSON && as == Transformation.NONE && !isPretty;
        }
    }

    Form form(Call call, Negotiation.Offer offer) {
        Optional<String> pretty =
                call.query().has("pretty")
                        ? Optional.of(call.query().first("pretty"))
                        : Optional.empty();
        return form(
                call.accept(),
                offer,
                offer != Negotiation.Offer.WATCHES
                        && Negotiation.isPretty(pretty, call.userAgent()));
    }

    static Form form(String accept, Negotiation.Offer offer, boolean isPretty) {
        return switch (Negotiation.choose(accept, offer)) {
            case Negotiation.Outcome.Refused(var why) -> throw new Refused(why);
            case Negotiation.Outcome.Chosen(var encoding, var as, var contentType) ->
                    new Form(encoding, as, contentType, isPretty);
        };
    }

    /** One object of the call's kind. */
    byte[] object(Form form, Call call, byte[] json) {
        return switch (form.as) {
            case TABLE -> {
                ObjectNode object = parse(json);
                yield encoder.object(
                        form.encoding,
                        BodyEncoder.json(table(call, List.of(object), revisionOf(object))),
                        form.isPretty);
            }
            case PARTIAL_METADATA -> {
                ObjectNode partial = PartialMetadata.of(parse(json));
                yield encoder.object(form.encoding, BodyEncoder.json(partial), form.isPretty);
            }
            default -> plain(form, json);
        };
    }

    /** As it is, but for the encoding: a Status, a Scale, and so on. */
    byte[] plain(Form form, byte[] json) {
        return form.isStoredForm() ? json : encoder.object(form.encoding, json, form.isPretty);
    }

    ApiReply list(Form form, Call call, Page page) {
        return switch (form.as) {
            case TABLE -> {
                List<ObjectNode> objects =
                        page.objects().stream().map(each -> each.decode().tree()).toList();
                ObjectNode table = table(call, objects, ListEncoding.metadata(page));
                yield Replies.whole(
                        200,
                        form.contentType,
                        encoder.object(form.encoding, BodyEncoder.json(table), form.isPretty));
            }
            case PARTIAL_METADATA, PARTIAL_METADATA_LIST -> {
                byte[] body = BodyEncoder.json(partialList(page));
                yield Replies.whole(
                        200, form.contentType, encoder.object(form.encoding, body, form.isPretty));
            }
            default -> plainList(form, call.kind(), page);
        };
    }

    /**
     * @param isFirst whether nothing was sent on this watch before: then a table says its columns
     */
    byte[] frame(Form form, Call call, String type, byte[] json, boolean isFirst) {
        return switch (form.as) {
            case TABLE -> {
                ObjectNode object = parse(json);
                ObjectNode table =
                        isFirst
                                ? table(call, List.of(object), revisionOf(object))
                                : tableRows(call, object);
                yield encoder.frame(form.encoding, type, BodyEncoder.json(table));
            }
            case PARTIAL_METADATA ->
                    encoder.frame(
                            form.encoding, type, BodyEncoder.json(PartialMetadata.of(parse(json))));
            default -> encoder.frame(form.encoding, type, json);
        };
    }

    byte[] errorFrame(Form form, byte[] status) {
        return encoder.frame(form.encoding, "ERROR", status);
    }

    private ApiReply plainList(Form form, Kind kind, Page page) {
        List<byte[]> chunks = ListEncoding.encode(kind, page);
        boolean isLarge = chunks.size() > MANY_CHUNKS;
        if (form.isStoredForm() && isLarge) {
            return Replies.streaming(form.contentType, new ReadyFrames(chunks));
        }
        return Replies.whole(200, form.contentType, plain(form, Chunks.join(chunks)));
    }

    private static ObjectNode partialList(Page page) {
        ObjectNode list = MAPPER.createObjectNode();
        list.put("kind", "PartialObjectMetadataList")
                .put("apiVersion", PartialMetadata.API_VERSION);
        list.set("metadata", ListEncoding.metadata(page));
        ArrayNode items = list.putArray("items");
        page.objects().forEach(each -> items.add(PartialMetadata.of(each.decode().tree())));
        return list;
    }

    private ObjectNode table(Call call, List<ObjectNode> objects, ObjectNode metadata) {
        return Tables.of(
                KindName.of(call.kind()), metadata, objects, include(call), clock.instant());
    }

    private ObjectNode tableRows(Call call, ObjectNode object) {
        return Tables.withoutColumns(
                KindName.of(call.kind()),
                revisionOf(object),
                List.of(object),
                include(call),
                clock.instant());
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
