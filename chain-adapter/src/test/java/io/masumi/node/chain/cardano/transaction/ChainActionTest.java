package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.masumi.node.Requester;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.source.ContractScript;
import io.masumi.node.wallet.MergePurpose;

class ChainActionTest {

    private static final ObjectMapper JSON = StoredJson.mapper();

    /** Rows of a running node have these texts. */
    @Test
    void storedActionsAreReadForEver() throws Exception {
        assertStored("{\"kind\":\"SubmitResult\",\"resultHash\":\"ab\"}", new ChainAction.SubmitResult("ab"));
        assertStored("{\"kind\":\"Withdraw\",\"returnAddress\":null}", new ChainAction.Withdraw(null));
        assertStored("{\"kind\":\"WithdrawRefund\",\"returnAddress\":\"addr_test1\"}", new ChainAction.WithdrawRefund("addr_test1"));
        assertStored("{\"kind\":\"RequestRefund\"}", new ChainAction.RequestRefund());
        assertStored("{\"kind\":\"CancelRefundRequest\"}", new ChainAction.CancelRefundRequest());
        assertStored("{\"kind\":\"AuthorizeRefund\"}", new ChainAction.AuthorizeRefund());
        assertStored("{\"kind\":\"RegisterAgent\",\"details\":null,\"recipient\":null,\"fundingLovelace\":2000000}",
                new ChainAction.RegisterAgent(null, null, 2_000_000L));
        assertStored("{\"kind\":\"DeregisterAgent\",\"agentIdentifier\":\"cd\"}", new ChainAction.DeregisterAgent("cd"));
        assertStored("{\"kind\":\"DeployReferenceScript\",\"script\":\"Escrow\"}",
                new ChainAction.DeployReferenceScript(ContractScript.Escrow));
        assertStored("{\"kind\":\"MergeOutputs\",\"purpose\":\"Asked\",\"toward\":null,\"requester\":"
                + JSON.writeValueAsString(Requester.NODE) + "}", new ChainAction.MergeOutputs(MergePurpose.Asked, null, Requester.NODE));
    }

    private static void assertStored(String text, ChainAction action) throws Exception {
        assertThat(JSON.readValue(text, ChainAction.class)).isEqualTo(action);
        assertThat(JSON.readTree(JSON.writerFor(ChainAction.class).writeValueAsString(action))).isEqualTo(JSON.readTree(text));
    }

    @Test
    void everyActionIsStoredUnderItsOwnName() {
        List<Class<?>> records = records(ChainAction.class);
        assertThat(ChainAction.class.getAnnotation(JsonSubTypes.class).value()).extracting(JsonSubTypes.Type::value)
                .containsExactlyInAnyOrderElementsOf(records);
        assertThat(ChainAction.class.getAnnotation(JsonSubTypes.class).value())
                .allSatisfy(type -> assertThat(type.name()).isEqualTo(type.value().getSimpleName()));
    }

    /** Admins' withdrawals are signed by keys that the node does not have. */
    @Test
    void whatIsDoneToAnEscrowIsNamedAsTheContractsActionIs() {
        assertThat(records(ChainAction.OfEscrow.class)).extracting(Class::getSimpleName).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(EscrowAction.values()).filter(action -> action != EscrowAction.WithdrawDisputed).map(EscrowAction::name)
                        .toList());
        assertThat(new ChainAction.SubmitResult("ab").escrowAction()).contains(EscrowAction.SubmitResult);
        assertThat(new ChainAction.DeregisterAgent("cd").escrowAction()).isEmpty();
    }

    private static List<Class<?>> records(Class<?> type) {
        if (type.isRecord()) {
            return List.of(type);
        }
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> each : type.getPermittedSubclasses()) {
            all.addAll(records(each));
        }
        return all;
    }

    @Test
    void aWithdrawalWithoutAnAddressGoesToTheWalletsCollectionAddress() {
        assertThat(new ChainAction.Withdraw(null).collectedAt("addr1").returnAddress()).isEqualTo("addr1");
        assertThat(new ChainAction.WithdrawRefund(null).collectedAt("addr1").returnAddress()).isEqualTo("addr1");
        assertThat(new ChainAction.Withdraw("addr2").collectedAt("addr1").returnAddress()).isEqualTo("addr2");
        assertThat(new ChainAction.Withdraw(null).collectedAt(null).returnAddress()).isNull();
        assertThat(new ChainAction.RequestRefund().collectedAt("addr1").returnAddress()).isNull();
    }

    @Test
    void aTransactionDoesSeveralLocksOrOneOfAnythingElse() {
        ChainAction lock = new ChainAction.Lock(null, null, null, null, Funds.lovelace(1));
        assertThat(TransactionContent.of(lock, lock).actions()).hasSize(2);
        assertThatThrownBy(() -> TransactionContent.of(lock, new ChainAction.DeregisterAgent("cd")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(TransactionContent::of).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransactionContent.of(new ChainAction.RequestRefund())).isInstanceOf(IllegalArgumentException.class);
        assertThat(new TransactionContent(List.of(lock), Optional.empty()).first()).isEqualTo(lock);
    }
}
