package dev.versicle;

import java.util.List;

/**
 * What may be kept of a route's answers.
 *
 * @param address its method and template
 * @param path an example; {@code {id}}, {@code {name}}, {@code {commit}}, {@code {provider}} and {@code {webhook}} are
 *     those of the prompt, the integration and the webhook of a test
 * @param token the header that the token comes in
 * @param change a request after which a {@link Kept#TAGGED} answer is another one; else why it is kept so
 * @param body of that request
 */
record CachedRoute(String address, String path, String token, Kept kept, String change, String body) {
    enum Kept {
        /** To be asked for again each time, and sent only where it is another one. */
        TAGGED,
        /** Alike, though it never is another one. */
        CONSTANT,
        /** For a year, without a question. */
        IMMUTABLE,
        /** Anew each time. */
        NOT
    }

    private static final String PROMPT = "/v1/prompts/{id}";
    private static final String REV = PROMPT + "/versions/{rev}";
    private static final String NAMED = "/v1/prompts/{owner}/{name}";
    private static final String TETHER = "/api/prompts/{promptId}";
    private static final String PROVIDER = "/api/integrations/provider/{provider}";
    private static final String TITLE = "{\"title\": \"Another\"}";
    private static final String TEXT = "{\"text\": \"Another {{x}}\"}";
    private static final String DESCRIPTION = "{\"description\": \"Another\"}";
    private static final String PATCH_PROMPT = "PATCH /v1/prompts/{id}";
    private static final String PATCH_VERSION = "PATCH /v1/prompts/{id}/versions/1";
    /** To where nobody listens. */
    static final String WEBHOOK =
            "{\"url\": \"http://127.0.0.1:9/\", \"secret\": \"0123456789abcdef\", \"events\": [\"push\"], "
                    + "\"prompt\": \"{id}\"}";

    private static final String SAVE = "POST /v1/prompts/{id}/versions";

    /** Every GET that there is. */
    static final List<CachedRoute> ALL = List.of(
            tagged("/v1/prompts", "/v1/prompts?q=cached", PATCH_PROMPT, DESCRIPTION),
            tagged(PROMPT, PROMPT, PATCH_PROMPT, DESCRIPTION),
            tagged(REV, "/v1/prompts/{id}/versions/{commit}", PATCH_VERSION, TITLE),
            tagged(REV + "/files/{path}", "/v1/prompts/{id}/versions/latest/files/prompt.md", SAVE, TEXT),
            tagged(PROMPT + "/log", PROMPT + "/log", PATCH_VERSION, TITLE),
            tagged(PROMPT + "/diff", PROMPT + "/diff?from=1&to=latest", SAVE, TEXT),
            tagged(PROMPT + "/blame", PROMPT + "/blame?rev=1", PATCH_VERSION, TITLE),
            tagged(PROMPT + "/branches", PROMPT + "/branches", "POST " + PROMPT + "/branches", "{\"name\": \"idea\"}"),
            tagged(PROMPT + "/draft", PROMPT + "/draft", "PUT " + PROMPT + "/draft", TEXT),
            tagged(
                    PROMPT + "/access",
                    PROMPT + "/access",
                    "PUT " + PROMPT + "/access",
                    "{\"grants\": {\"eve\": \"READ\"}}"),
            tagged(
                    PROMPT + "/environments",
                    PROMPT + "/environments",
                    "PUT " + PROMPT + "/environments/staging",
                    "{\"rev\": \"1\"}"),
            tagged(
                    PROMPT + "/environments/{env}",
                    PROMPT + "/environments/production",
                    PATCH_PROMPT,
                    "{\"protected_environments\": [\"production\"]}"),
            tagged(
                    PROMPT + "/environments/{env}/history",
                    PROMPT + "/environments/production/history",
                    "DELETE " + PROMPT + "/environments/production",
                    ""),
            tagged(NAMED, "/v1/prompts/default/{name}", PATCH_PROMPT, DESCRIPTION),
            tagged(
                    NAMED + "/versions",
                    "/v1/prompts/default/{name}/versions",
                    SAVE,
                    "{\"text\": \"Another\", \"release\": \"2.0.0\"}"),
            as(
                    Kept.IMMUTABLE,
                    NAMED + "/versions/{version}/download",
                    "/v1/prompts/default/{name}/versions/1.0.0/download",
                    "a release never moves"),
            as(
                    Kept.IMMUTABLE,
                    REV + "/files/{path}",
                    "/v1/prompts/{id}/versions/{commit}/files/prompt.md",
                    "a commit never changes"),
            tagged("/v1/trash", "/v1/trash", "DELETE " + PROMPT, ""),
            tagged("/v1/keys", "/v1/keys", "POST /v1/keys", "{\"name\": \"another\", \"roles\": []}"),
            tagged(
                    "/v1/namespaces/{namespace}",
                    "/v1/namespaces/default",
                    "PUT /v1/namespaces/default",
                    "{\"kustomization\": true}"),
            tagged("/v1/webhooks", "/v1/webhooks", "POST /v1/webhooks", WEBHOOK),
            as(Kept.CONSTANT, "/v1/webhooks/{id}", "/v1/webhooks/{webhook}", "a webhook never changes"),
            not("/v1/webhooks/{id}/deliveries", "it changes by itself, with each attempt"),
            not("/v1/webhooks/{id}/deliveries/{delivery}", "it changes by itself, with each attempt"),
            not("/v1/events", "it is a stream of what is yet to happen"),
            not("/v1/export", "it is made while it is sent, of all that is there"),
            tagged("/api/prompts/user", "/api/prompts/user", "PUT /api/prompts/{id}", DESCRIPTION),
            tagged(TETHER, "/api/prompts/{id}", "PUT /api/prompts/{id}", DESCRIPTION),
            tagged(TETHER + "/versions", "/api/prompts/{id}/versions", PATCH_VERSION, TITLE),
            tagged(TETHER + "/versions/{versionId}", "/api/prompts/{id}/versions/{commit}", PATCH_VERSION, TITLE),
            orkes("/api/prompts", "/api/prompts", "PUT /api/prompts/{name}?description=other", "\"Another\""),
            orkes("/api/prompts/{name}", "/api/prompts/{name}", "PUT /api/prompts/{name}?description=o", "\"Another\""),
            orkes(
                    "/api/prompts/{name}/versions",
                    "/api/prompts/{name}/versions",
                    "PUT /api/prompts/{name}?description=o",
                    "\"Another\""),
            orkes(
                    "/api/prompts/{name}/tags",
                    "/api/prompts/{name}/tags",
                    "PUT /api/prompts/{name}/tags",
                    "[{\"key\": \"team\", \"type\": \"METADATA\", \"value\": \"a\"}]"),
            orkes("/api/integrations/provider", "/api/integrations/provider", "POST " + PROVIDER, DESCRIPTION),
            orkes(PROVIDER, PROVIDER, "POST " + PROVIDER, DESCRIPTION),
            orkes(PROVIDER + "/integration", PROVIDER + "/integration", "POST " + PROVIDER + "/integration/n", "{}"),
            orkes(
                    PROVIDER + "/integration/{model}",
                    PROVIDER + "/integration/m",
                    "POST " + PROVIDER + "/integration/m",
                    DESCRIPTION),
            orkes(
                    PROVIDER + "/integration/{model}/prompt",
                    PROVIDER + "/integration/m/prompt",
                    "POST " + PROVIDER + "/integration/m/prompt/{name}",
                    ""),
            as(Kept.CONSTANT, "/api/token/userInfo", "/api/token/userInfo", "a token's bearer never changes"),
            as(Kept.CONSTANT, "/openapi", "/openapi", "it is part of the server"),
            as(Kept.CONSTANT, "/openapi/{file}", "/openapi/v1.yaml", "it is part of the server"),
            not("/health", "it tells of this moment"),
            not("/health/{selector}", "it tells of this moment"),
            not("/prometheus", "it tells of this moment"),
            not("/git/{namespace}/{name}/info/refs", "Git's clients keep what they need by themselves"));

    private static CachedRoute tagged(String template, String path, String change, String body) {
        return new CachedRoute("GET " + template, path, "Authorization", Kept.TAGGED, change, body);
    }

    /** Orkes', whose addresses below {@code /api} are in part Tether's, too. */
    private static CachedRoute orkes(String template, String path, String change, String body) {
        return new CachedRoute("GET " + template, path, "X-Authorization", Kept.TAGGED, change, body);
    }

    private static CachedRoute as(Kept kept, String template, String path, String why) {
        return new CachedRoute("GET " + template, path, "Authorization", kept, why, "");
    }

    private static CachedRoute not(String template, String why) {
        return as(Kept.NOT, template, template, why);
    }

    @Override
    public String toString() {
        return kept + " " + address;
    }
}
