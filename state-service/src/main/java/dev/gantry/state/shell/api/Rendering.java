package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Encoding;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.codec.PartialMetadata;
import dev.gantry.state.codec.Transformation;
import dev.gantry.state.listing.ListEncoding;
import dev.gantry.state.listing.Page;
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

    Rendering(BodyEncoder encoder) {
        this.encoder = encoder;
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
            case PARTIAL_METADATA, PARTIAL_METADATA_LIST -> {
                byte[] body = BodyEncoder.json(partialList(page));
                yield Replies.whole(
                        200, form.contentType, encoder.object(form.encoding, body, form.isPretty));
            }
            default -> plainList(form, call.kind(), page);
        };
    }

    byte[] frame(Form form, Call call, String type, byte[] json) {
        return switch (form.as) {
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

    private static ObjectNode parse(byte[] json) {
        return (ObjectNode) MAPPER.readTree(json);
    }
}
