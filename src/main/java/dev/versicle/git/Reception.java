package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.GitService;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Wire;
import dev.versicle.storage.Quarantine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in Git clients' pushes: checks what comes, and hands the commands on to be judged. Whatever is wrong reaches
 * the client as a sentence, as long as it is there to be told.
 *
 * <p>Not by JGit's {@code ReceivePack}, of which too little would be left: it reads any number of commands, and ends
 * many a push with an exception before it has told the client why.
 */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;

    Reception(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
    }

    /** Says which refs the caller sees, the same ones as for a fetch, and what the server can do. */
    void advertise(Wire wire, Caller to) throws IOException {
        PacketLineOut out = new PacketLineOut(wire.out());
        out.writeString("# service=" + GitService.RECEIVE_PACK.text() + "\n");
        out.end();
        ReceivePack pack = new ReceivePack(git);
        pack.setAdvertisedRefs(
                new Advertised(shop, id, git).refs(to, wire.limits().tags()), Set.of());
        pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out));
        wire.out().flush();
    }

    /** Answers a push. Throws where the client cannot be told. */
    void receive(Wire wire, Consumer<Push> judge) throws IOException {
        InputStream in = new ClientInput(wire.in());
        PushRequest request = PushRequest.read(in, wire.limits().commands());
        if (!request.isEmpty()) {
            PushAnswer answer = new PushAnswer(request, wire.out());
            Optional<String> refusal = taken(request, in, wire.limits(), new Judge(judge, answer));
            if (refusal.isPresent()) {
                answer.refuse(refusal.get());
            } else {
                answer.report();
            }
        }
        drain(in);
    }

    /** Whoever still sends reads no answer before all is sent. */
    private static void drain(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | PushRefused e) {
            LOG.debug("A push was answered before all of it had come", e);
        }
    }

    /** Why nothing came in; empty where the commands were judged, and each has a result. */
    private Optional<String> taken(PushRequest request, InputStream in, GitLimits limits, Judge judge) {
        try {
            request.requireSound();
            Quarantine apart = shop.repositories().quarantine(git, pack -> PackScan.check(pack, rules(limits)));
            try {
                bring(request, in, limits, apart.repository());
                judge.judge(request, apart);
            } finally {
                close(apart);
            }
            return Optional.empty();
        } catch (PushRefused e) {
            return Optional.of(e.sentence());
        } catch (IOException | RuntimeException e) {
            LOG.error("A push could not be taken in", e);
            return Optional.of("The server could not take this push in, and nothing was changed; push again later.");
        }
    }

    private static PackScan.Rules rules(GitLimits limits) {
        return new PackScan.Rules(limits.objects(), limits.objectBytes(), PackScan.Bases.BY_ID, PushRefused::of);
    }

    private void bring(PushRequest request, InputStream in, GitLimits limits, Repository apart) throws IOException {
        if (request.hasPack()) {
            PushedPack pack = PushedPack.read(apart, in, limits);
            List<ObjectId> tips = request.commands().stream()
                    .map(ReceiveCommand::getNewId)
                    .filter(id -> !id.equals(ObjectId.zeroId()))
                    .toList();
            new PushClosure(git, apart, pack).require(tips);
        }
    }

    /** What could not be removed goes at the next start, and says nothing about the push. */
    private static void close(Quarantine apart) {
        try {
            apart.close();
        } catch (IOException e) {
            LOG.warn("What a push brought could not be removed", e);
        }
    }

    /** Asks for each command's result; after it has begun, what was done is done, whatever fails. */
    private record Judge(Consumer<Push> asked, PushAnswer answer) {
        void judge(PushRequest request, Quarantine apart) {
            try {
                asked.accept(new Push(request.commands(), request.wants("atomic"), apart, answer::tell));
                reject(request, "Nothing was decided about it.");
            } catch (PushRefused e) {
                reject(request, e.sentence());
            } catch (PromptException e) {
                reject(request, sentence(e.problem()));
            } catch (RuntimeException e) {
                LOG.error("A push failed", e);
                reject(request, "The server failed; fetch to see where it is.");
            }
        }

        private static void reject(PushRequest request, String sentence) {
            request.commands().stream()
                    .filter(command -> command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED)
                    .forEach(command -> command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, sentence));
        }

        private static String sentence(Problem problem) {
            return switch (problem) {
                case Problem.Contended ignored -> "Others were writing all the time; push again.";
                case Problem.PromptNotFound ignored -> "The prompt has been deleted.";
                case Problem.Invalid invalid -> "The " + invalid.field() + " " + invalid.rule() + ".";
                default -> "The push was refused.";
            };
        }
    }
}
