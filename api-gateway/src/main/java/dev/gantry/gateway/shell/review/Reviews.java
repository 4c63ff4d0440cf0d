package dev.gantry.gateway.shell.review;

import dev.gantry.authorization.Authorizer;
import dev.gantry.gateway.authentication.ProvenToken;
import dev.gantry.gateway.review.AccessQuestion;
import dev.gantry.gateway.review.ReviewReplies;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.identity.TokenAuthenticator;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.AcceptClause;
import dev.gantry.model.request.ApiRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of authentication.k8s.io and authorization.k8s.io. */
public final class Reviews {
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String AUTHORIZATION = "authorization.k8s.io";
    private static final String ONLY_OBJECTS =
            "only the following media types are accepted: application/json, application/yaml,"
                    + " application/vnd.kubernetes.protobuf";

    private final Authorizer authorizer;
    private final TokenAuthenticator tokens;
    private final List<String> audiences;

    /** {@code audiences} are the gateway's own, meant where a review names none. */
    public Reviews(Authorizer authorizer, TokenAuthenticator tokens, List<String> audiences) {
        this.authorizer = authorizer;
        this.tokens = tokens;
        this.audiences = List.copyOf(audiences);
    }

    /** Discovery of these groups is answered by the state service. */
    public static boolean concerns(ApiRequest api) {
        return api.isResource()
                && api.view().isEmpty()
                && (api.group().equals(AUTHENTICATION) || api.group().equals(AUTHORIZATION));
    }

    /**
     * @param accept what the client takes, as in its header
     */
    public ApiReply answer(ApiRequest api, String accept, byte[] body, Caller caller) {
        String kind = kindOf(api);
        if (kind.isEmpty() || !api.version().equals("v1")) {
            return Replies.refusal(new Refusal.NoSuchPath());
        }
        if (!api.verb().equals("create")) {
            return Replies.refusal(new Refusal.NoSuchMethod());
        }
        if (!takesObjects(accept)) {
            return Replies.refusal(new Refusal.NotAcceptable(ONLY_OBJECTS));
        }
        try {
            return answer(ReviewBody.read(body, kind, api.group() + "/v1"), api, caller);
        } catch (IllegalArgumentException malformed) {
            return Replies.refusal(new Refusal.BadRequest(String.valueOf(malformed.getMessage())));
        }
    }

    /** A review is no row of a table. */
    private static boolean takesObjects(String accept) {
        return accept.isBlank()
                || AcceptClause.all(accept).stream()
                        .anyMatch(each -> each.parameter("as").isEmpty());
    }

    private ApiReply answer(Resource review, ApiRequest api, Caller caller) {
        return switch (review.kind()) {
            case "SelfSubjectReview" ->
                    Replies.json(201, ReviewReplies.self(review, caller, Instant.now()));
            case "TokenReview" -> token(review);
            case "SelfSubjectRulesReview" -> rules(review, caller);
            case "SelfSubjectAccessReview" -> access(review, AccessQuestion.self(review, caller));
            case "SubjectAccessReview" -> access(review, AccessQuestion.subject(review));
            default -> access(review, AccessQuestion.local(review, api.namespace()));
        };
    }

    private ApiReply access(Resource review, AccessQuestion question) {
        return switch (question) {
            case AccessQuestion.Malformed(var why) -> Replies.refusal(why);
            case AccessQuestion.May(var subject, var access, var complaint) ->
                    Replies.json(
                            201,
                            ReviewReplies.access(
                                    review, authorizer.judge(subject, access), complaint));
        };
    }

    private ApiReply rules(Resource review, Caller caller) {
        String namespace = Resource.text(review.spec(), "namespace");
        if (namespace.isEmpty()) {
            return Replies.refusal(new Refusal.BadRequest("no namespace on request"));
        }
        return Replies.json(
                201,
                ReviewReplies.rules(
                        review,
                        authorizer.rulesFor(caller, namespace),
                        authorizer.knowsAllRules()));
    }

    private ApiReply token(Resource review) {
        String token = Resource.text(review.spec(), "token");
        if (token.isEmpty()) {
            return Replies.refusal(
                    new Refusal.BadRequest("token is required for TokenReview in authentication"));
        }
        List<String> wanted = new ArrayList<>();
        review.spec().path("audiences").forEach(each -> wanted.add(each.asString("")));
        List<String> meant = wanted.isEmpty() ? audiences : wanted;
        Optional<ProvenToken> proven = tokens.verify(token).filter(found -> found.isFor(meant));
        List<String> common =
                proven.map(found -> meant.stream().filter(found.audiences()::contains).toList())
                        .orElse(List.of());
        return Replies.json(
                201, ReviewReplies.token(review, proven.map(ProvenToken::caller), common));
    }

    private static String kindOf(ApiRequest api) {
        boolean isNamed = !api.name().isEmpty() || !api.subresource().isEmpty();
        if (isNamed) {
            return "";
        }
        return switch (api.plural()) {
            case "selfsubjectreviews" -> "SelfSubjectReview";
            case "tokenreviews" -> "TokenReview";
            case "selfsubjectrulesreviews" -> "SelfSubjectRulesReview";
            case "selfsubjectaccessreviews" -> "SelfSubjectAccessReview";
            case "subjectaccessreviews" -> "SubjectAccessReview";
            case "localsubjectaccessreviews" ->
                    api.namespace().isEmpty() ? "" : "LocalSubjectAccessReview";
            default -> "";
        };
    }
}
