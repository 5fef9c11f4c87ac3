using SearchCluster.Cli.Workloads;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Tests.Invocation;

public sealed class LoadingLimitTests : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private readonly ManualResetEventSlim _begun = new();
    private readonly List<string> _told = [];

    public void Dispose() => _end.Set();

    [Fact]
    public void What_loads_in_time_is_given_back_without_a_word()
    {
        LoadingLimit.Run(_ => 7, _told.Add, TimeSpan.FromHours(2), TimeSpan.FromHours(1), CancellationToken.None).ShouldBe(7);

        _told.ShouldBeEmpty();
    }

    [Fact]
    public void What_it_fails_with_is_thrown_as_it_is() =>
        Should.Throw<WorkloadAssemblyException>(() => LoadingLimit.Run<int>(
            _ => throw new WorkloadAssemblyException("No workload."),
            _told.Add,
            TimeSpan.FromHours(2),
            TimeSpan.FromHours(1),
            CancellationToken.None)).Message.ShouldBe("No workload.");

    [Fact]
    public void What_never_returns_is_told_and_then_refused_by_the_name_of_what_it_is_at()
    {
        var refused = Should.Throw<WorkloadAssemblyException>(
            () => LoadingLimit.Run(Hang, _told.Add, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), CancellationToken.None));

        _told.ShouldHaveSingleItem().ShouldBe("Descriptor of workload class A (a.dll) takes long; it has 1 s in all (Ctrl-C ends).");
        refused.Message.ShouldStartWith("Descriptor of workload class A (a.dll) has not returned within 1 s;");
        refused.IsFaultOfWorkload.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_asks_for_the_end_does_not_wait_for_it()
    {
        using var ctrlC = new CancellationTokenSource();
        var run = Task.Run(
            () => LoadingLimit.Run(Hang, _told.Add, TimeSpan.FromHours(2), TimeSpan.FromHours(1), ctrlC.Token),
            TestContext.Current.CancellationToken);
        _begun.Wait(TestContext.Current.CancellationToken);

        await ctrlC.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    private int Hang(Action<string> tell)
    {
        tell("Descriptor of workload class A (a.dll)");
        _begun.Set();
        _end.Wait();
        return 0;
    }
}
