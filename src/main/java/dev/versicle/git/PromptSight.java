package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** What of a prompt one caller may have: what {@link Advertised} says, and every version. */
final class PromptSight implements Sight {
    private final Workshop shop;
    private final PromptId id;
    private final Advertised advertised;
    private final Caller to;
    private final int tagsMax;
    private final boolean drafts;

    /** Tells of so many tags at most. */
    PromptSight(Workshop shop, PromptId id, Repository git, Caller to, int tagsMax) throws IOException {
        this.shop = shop;
        this.id = id;
        this.advertised = new Advertised(shop, id, git);
        this.to = to;
        this.tagsMax = tagsMax;
        this.drafts = advertised.drafts(to);
    }

    @Override
    public Map<String, Ref> told() throws IOException {
        return advertised.refs(to, tagsMax);
    }

    @Override
    public boolean sees(String ref) {
        return Advertised.isSeen(ref, drafts);
    }

    @Override
    public boolean knows(AnyObjectId commit) {
        return shop.index().byCommit(id, commit.name()).isPresent();
    }
}
