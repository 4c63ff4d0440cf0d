package dev.gantry.state.shell.api.document;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.codec.Transformation;
import dev.gantry.state.discovery.Discovery;
import dev.gantry.state.discovery.RemoteVersion;
import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.openapi.OpenApi;
import dev.gantry.state.request.Form;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.token.TokenSigner;
import dev.gantry.state.shell.catalog.CurrentCatalog;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the paths that name no resource: what there is, what it looks like, and who signs the
 * tokens. They are the same in every view.
 */
public final class DocumentRoutes {
    private static final String KEY_SET_PATH = "/openid/v1/jwks";
    private static final String VERSION = "v1.36.0+gantry.0.1.0";

    private final TokenSigner signer;
    private final Rendering rendering;
    private final CurrentCatalog catalog;
    private final String serverAddress;
    private volatile Pages pages;

    public DocumentRoutes(
            TokenSigner signer, Rendering rendering, CurrentCatalog catalog, String serverAddress) {
        this.signer = signer;
        this.rendering = rendering;
        this.catalog = catalog;
        this.serverAddress = serverAddress;
        this.pages = pagesOf(catalog.get(), catalog.remote());
    }

    /** What one catalogue, and what others serve beside it, looks like from outside. */
    private record Pages(
            ResourceCatalog catalog,
            List<RemoteVersion> remote,
            Discovery discovery,
            OpenApi openApi,
            byte[] paths) {}

    /** Two threads may make them at once: they are equal. */
    private Pages pages() {
        ResourceCatalog now = catalog.get();
        List<RemoteVersion> remote = catalog.remote();
        Pages known = pages;
        if (known.catalog != now || known.remote != remote) {
            known = pagesOf(now, remote);
            pages = known;
        }
        return known;
    }

    private Pages pagesOf(ResourceCatalog now, List<RemoteVersion> remote) {
        List<ServedResource> served = now.served();
        return new Pages(
                now,
                remote,
                new Discovery(served, remote, serverAddress),
                new OpenApi(served, remote, now, VERSION),
                BodyEncoder.json(pathsOf(served)));
    }

    public ApiReply serve(ApiCall call, ApiRequest request, Query query) {
        if (!request.verb().equals("get") && !request.verb().equals("head")) {
            throw new Refused(new Refusal.NoSuchPath());
        }
        String path = request.path();
        if (path.startsWith(OpenApi.V2) || path.startsWith(OpenApi.V3)) {
            return openApi(call, path, query);
        }
        return switch (path) {
            case "/" -> Replies.whole(200, Replies.JSON, pages().paths);
            case "/.well-known/openid-configuration" -> Replies.json(200, configuration());
            case KEY_SET_PATH ->
                    Replies.whole(
                            200,
                            "application/jwk-set+json",
                            JsonMapper.shared().writeValueAsBytes(signer.keySet()));
            default -> discovery(call, path, query);
        };
    }

    private ApiReply discovery(ApiCall call, String path, Query query) {
        Discovery discovery = pages().discovery;
        boolean isPretty = isPretty(call, query);
        Discovery.Document plain =
                discovery
                        .page(path, Transformation.NONE)
                        .orElseThrow(() -> new Refused(missing(path)));
        Negotiation.Offer offer =
                discovery.isAggregated(path)
                        ? Negotiation.Offer.DISCOVERY
                        : Negotiation.Offer.PLAIN;
        Form form = accepted(Form.of(call.header("accept"), offer, isPretty));
        if (form.as() == Transformation.NONE) {
            // Compat: only what is aggregated is tagged and may be kept by a cache.
            return Replies.whole(200, form.contentType(), rendered(form, plain));
        }
        Discovery.Document aggregated = discovery.page(path, form.as()).orElseThrow();
        return tagged(call, aggregated.etag(), form.contentType(), rendered(form, aggregated));
    }

    /** Compat: below what has routes of its own, a Status says it; elsewhere plain words. */
    private Refusal missing(String path) {
        String[] parts = path.split("/");
        boolean isKnown =
                switch (parts.length > 1 ? parts[1] : "") {
                    case "api", "version" -> true;
                    case "apis" -> parts.length > 2 && pages().catalog.hasBuiltin(parts[2]);
                    default -> false;
                };
        return isKnown ? new Refusal.NoSuchPath() : new Refusal.NoSuchPage();
    }

    private byte[] rendered(Form form, Discovery.Document document) {
        return rendering.plain(form.untransformed(), BodyEncoder.json(document.tree()));
    }

    private ApiReply openApi(ApiCall call, String path, Query query) {
        OpenApi openApi = pages().openApi;
        String accept = call.header("accept");
        boolean takesProtobuf = path.equals(OpenApi.V2) && accept.startsWith(OpenApi.V2_PROTOBUF);
        if (takesProtobuf) {
            OpenApi.Document document = openApi.page(OpenApi.V2_PROTOBUF).orElseThrow();
            return tagged(call, document.etag(), OpenApi.V2_PROTOBUF_SENT, document.json());
        }
        boolean takesJson = accept.isEmpty() || accept.contains("json") || accept.contains("*/*");
        if (!takesJson) {
            throw new Refused(
                    new Refusal.NotAcceptable(
                            "only the following media types are accepted: application/json"));
        }
        Optional<OpenApi.Document> found = openApi.page(path);
        if (found.isEmpty() && path.startsWith(OpenApi.V3 + "/")) {
            return Replies.whole(404, "", new byte[0]);
        }
        OpenApi.Document document = found.orElseThrow(() -> new Refused(new Refusal.NoSuchPage()));
        ApiReply reply = tagged(call, document.etag(), Replies.JSON, document.json());
        if (query.has("hash") && reply instanceof ApiReply.Whole whole) {
            // The path names the content, so that a client may keep it for good.
            SortedMap<String, String> headers = new TreeMap<>(whole.headers());
            headers.put("Cache-Control", "public, immutable");
            return new ApiReply.Whole(whole.code(), whole.contentType(), headers, whole.body());
        }
        return reply;
    }

    private static ApiReply tagged(ApiCall call, String etag, String contentType, byte[] body) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("Cache-Control", "public");
        headers.put("Etag", etag);
        headers.put("Vary", "Accept");
        boolean isKnown = call.header("if-none-match").contains(etag);
        return new ApiReply.Whole(
                isKnown ? 304 : 200, contentType, headers, isKnown ? new byte[0] : body);
    }

    private static boolean isPretty(ApiCall call, Query query) {
        Optional<String> wanted =
                query.has("pretty") ? Optional.of(query.first("pretty")) : Optional.empty();
        return Negotiation.isPretty(wanted, call.header("user-agent"));
    }

    /** Compat: OpenID Connect discovery, as far as a verifier of tokens needs it. */
    private ObjectNode configuration() {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        document.put("issuer", signer.issuer()).put("jwks_uri", signer.issuer() + KEY_SET_PATH);
        document.putArray("response_types_supported").add("id_token");
        document.putArray("subject_types_supported").add("public");
        document.putArray("id_token_signing_alg_values_supported").add("ES256");
        return document;
    }

    private static ObjectNode pathsOf(List<ServedResource> served) {
        var found =
                new TreeSet<>(
                        List.of(
                                "/.well-known/openid-configuration",
                                "/api",
                                "/apis",
                                OpenApi.V2,
                                OpenApi.V3,
                                KEY_SET_PATH));
        for (ServedResource each : served) {
            String group = each.kind().group();
            found.add((group.isEmpty() ? "/api/" : "/apis/") + each.kind().apiVersion());
            if (!group.isEmpty()) {
                found.add("/apis/" + group);
            }
        }
        ObjectNode document = JsonMapper.shared().createObjectNode();
        ArrayNode paths = document.putArray("paths");
        found.forEach(paths::add);
        return document;
    }
}
