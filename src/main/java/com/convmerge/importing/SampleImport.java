package com.convmerge.importing;

import com.convmerge.merge.NewRequest;
import com.convmerge.requests.NewRequests;
import com.convmerge.requests.WorkspaceBinding;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings the sandbox's sample requests into the input table, some of them faulty on purpose. */
public final class SampleImport {
    private final NewRequests newRequests;
    private final WorkspaceBinding binding;
    private final TransactionTemplate transaction;

    SampleImport(NewRequests newRequests, WorkspaceBinding binding, PlatformTransactionManager transactions) {
        this.newRequests = newRequests;
        this.binding = binding;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Adds what is missing of the sample, all in one commit. Throws {@link com.convmerge.merge.ConfigurationProblem} unless the
     * database is empty or was made for the sandbox.
     */
    public void add(List<NewRequest> sample, String appIdCode) {
        binding.checkSandbox(appIdCode);
        transaction.executeWithoutResult(status -> newRequests.insertMissing(sample, null, new ArrayList<>()));
    }
}
