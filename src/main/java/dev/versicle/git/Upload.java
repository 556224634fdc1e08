package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.GitService;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Gives Git clients refs and objects. */
final class Upload {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;

    Upload(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
    }

    void advertise(Wire wire, Caller to) throws IOException {
        PacketLineOut out = new PacketLineOut(wire.out());
        pack(wire, to).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out), GitService.UPLOAD_PACK.text());
        wire.out().flush();
    }

    void upload(Wire wire, Caller to) throws IOException {
        pack(wire, to).uploadWithExceptionPropagation(wire.in(), wire.out(), null);
        wire.out().flush();
    }

    private UploadPack pack(Wire wire, Caller to) throws IOException {
        UploadPack pack = new UploadPack(git);
        pack.setBiDirectionalPipe(false);
        PromptSettings settings = new PromptReader(shop, id, git).settings(Truths.of(git));
        boolean drafts = settings.allows(to, Right.UPDATE);
        pack.setRefFilter(refs -> refs.entrySet().stream()
                .filter(ref -> !ref.getKey().startsWith(RefNames.HIDDEN))
                .filter(ref -> drafts || !ref.getKey().equals(RefNames.DRAFT))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        wire.protocol().ifPresent(protocol -> pack.setExtraParameters(List.of(protocol.split(":"))));
        return pack;
    }
}
