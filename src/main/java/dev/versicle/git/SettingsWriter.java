package dev.versicle.git;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptSettings;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;

/** Writes a prompt's settings: each change is one commit on their own ref. */
final class SettingsWriter {
    private final Workshop shop;
    private final Repository git;
    private final PromptReader reader;

    SettingsWriter(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
    }

    /** Writes settings on top of those in {@code truths}, and returns where the truths stand then. */
    Truths write(PromptSettings settings, Truths truths, Scribe scribe) throws IOException {
        byte[] file = SettingsCodec.write(settings, SettingsCodec.raw(reader.settingsFile(truths)));
        ObjectId commit;
        try (ObjectInserter inserter = git.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append(SettingsCodec.FILE, FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, file));
            List<ObjectId> parents = Truths.present(truths.settings()).stream().toList();
            commit = scribe.commit(inserter, inserter.insert(tree), parents, "Settings of " + settings.name() + "\n");
            inserter.flush();
        }
        shop.move(git, RefNames.SETTINGS, truths.settings(), commit);
        return truths.withSettings(commit);
    }
}
