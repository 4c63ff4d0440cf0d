package dev.gantry.authorization;

import dev.gantry.model.refusal.Refusal;

/** Compat: the sentences of {@code endpoints/handlers/responsewriters/errors.go}. */
public final class ForbiddenText {
    private ForbiddenText() {}

    public static Refusal refusal(String user, Access access, String reason) {
        String why =
                reason.isEmpty() ? sentence(user, access) : sentence(user, access) + ": " + reason;
        return new Refusal.Forbidden(access.resource(), access.name(), why);
    }

    static String sentence(String user, Access access) {
        if (!access.isResource()) {
            return "User \"%s\" cannot %s path \"%s\""
                    .formatted(user, access.verb(), access.path());
        }
        String where =
                access.namespace().isEmpty()
                        ? "at the cluster scope"
                        : "in the namespace \"" + access.namespace() + "\"";
        return "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                .formatted(
                        user, access.verb(), access.pluralWithSubresource(), access.group(), where);
    }
}
