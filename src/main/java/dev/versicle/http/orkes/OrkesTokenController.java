package dev.versicle.http.orkes;

import dev.versicle.http.JsonBody;
import dev.versicle.http.Speaks;
import dev.versicle.http.orkes.OrkesAnswers.Token;
import dev.versicle.http.orkes.OrkesAnswers.User;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Tokens;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** Tokens for the SDKs, which send a key once and a token from then on. */
@Controller(OrkesErrors.PATH + "/token")
@Speaks(OrkesErrors.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OrkesTokenController {
    private final Tokens tokens;

    OrkesTokenController(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Exchanges {@code {keyId, keySecret}} for a token. A token that comes along, stale as it will be, counts nothing.
     */
    @Post
    @Secured(SecurityRule.IS_ANONYMOUS)
    Token exchange(@Body byte[] body) {
        JsonBody json = JsonBody.read(body);
        return tokens.exchange(json.required("keyId"), json.required("keySecret"))
                .map(Token::new)
                .orElseThrow(() -> new PromptException(new Problem.Unauthenticated()));
    }

    @Get("/userInfo")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    User user(Caller caller) {
        return User.of(caller);
    }
}
