package dev.gantry.state.openapi;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation without its parameters, as either version of OpenAPI writes it: version 2 names
 * media types for a whole operation, version 3 for each body.
 */
final class Outline {
    private final Dialect dialect;
    private final String id;
    private final String description;
    private final String tag;
    private List<String> consumes = List.of("*/*");
    private List<String> produces = List.of();
    private Optional<ObjectNode> body = Optional.empty();
    private boolean isBodyRequired;
    private Optional<ObjectNode> reply = Optional.empty();
    private List<Integer> codes = List.of();

    Outline(Dialect dialect, String id, String description, String tag) {
        this.dialect = dialect;
        this.id = id;
        this.description = description;
        this.tag = tag;
    }

    Outline consumes(List<String> mediaTypes) {
        consumes = mediaTypes;
        return this;
    }

    Outline produces(List<String> mediaTypes) {
        produces = mediaTypes;
        return this;
    }

    Outline body(ObjectNode schema, boolean isRequired) {
        body = Optional.of(schema);
        isBodyRequired = isRequired;
        return this;
    }

    /** The same body with each of these codes. 401 goes without saying. */
    Outline replies(ObjectNode schema, List<Integer> each) {
        reply = Optional.of(schema);
        codes = each;
        return this;
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("operationId", id);
        document.put("description", description);
        document.putArray("tags").add(tag);
        if (dialect == Dialect.V2) {
            if (!consumes.isEmpty()) {
                consumes.forEach(document.putArray("consumes")::add);
            }
            produces.forEach(document.putArray("produces")::add);
            document.putArray("schemes").add("https");
        }
        body.ifPresent(schema -> body(document, schema));
        ObjectNode replies = document.putObject("responses");
        for (int code : codes) {
            reply(replies.putObject(String.valueOf(code)).put("description", phrase(code)));
        }
        replies.putObject("401").put("description", "Unauthorized");
        return document;
    }

    private void body(ObjectNode document, ObjectNode schema) {
        if (dialect == Dialect.V2) {
            ObjectNode parameter = document.putArray("parameters").addObject();
            parameter.put("in", "body").put("name", "body").set("schema", schema);
            require(parameter);
        } else {
            ObjectNode request = document.putObject("requestBody");
            request.set("content", content(consumes, schema));
            require(request);
        }
    }

    private void require(ObjectNode holder) {
        if (isBodyRequired) {
            holder.put("required", true);
        }
    }

    private void reply(ObjectNode holder) {
        ObjectNode schema = reply.orElseThrow();
        if (dialect == Dialect.V2) {
            holder.set("schema", schema);
        } else {
            holder.set("content", content(produces, schema));
        }
    }

    private static ObjectNode content(List<String> mediaTypes, ObjectNode schema) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        mediaTypes.forEach(each -> content.putObject(each).set("schema", schema));
        return content;
    }

    private static String phrase(int code) {
        return switch (code) {
            case 201 -> "Created";
            case 202 -> "Accepted";
            default -> "OK";
        };
    }
}
