namespace SearchCluster.Integration.Tests.Harness;

/// <summary>A small training search on one slot that nothing disturbed, for comparison with others.</summary>
public sealed class QuietTraining : IAsyncLifetime
{
    internal const string Search = "trained";
    internal const int Epochs = 8;

    private SearchHistory? _history;

    internal SearchHistory History => _history ?? throw new InvalidOperationException("The search has not run yet.");

    public async ValueTask InitializeAsync()
    {
        await using var deployment = new Deployment();
        _history = await TrainAsync(deployment);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static async Task<SearchHistory> TrainAsync(Deployment deployment)
    {
        (await deployment.RunAsync(Command(deployment))).ShouldExitWith(0);
        return deployment.History(Search);
    }

    internal static string[] Command(Deployment deployment) =>
        ["run", deployment.WriteFile("trained.yaml", SpecTexts.Digits(Search, trials: 4, Epochs)), "--slots", "1", "--port", "0"];
}
