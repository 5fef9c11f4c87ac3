using SearchCluster.Cli.Invocation;

namespace SearchCluster.Cli.Tests.Invocation;

public sealed class StandardInputTests : IDisposable
{
    private readonly ManualResetEventSlim _end = new();

    public void Dispose() => _end.Set();

    [Fact]
    public async Task A_read_that_waits_for_ever_ends_with_the_command()
    {
        using var ctrlC = new CancellationTokenSource();
        using var begun = new ManualResetEventSlim();
        var read = StandardInput.UntilCancelledAsync(
            () =>
            {
                begun.Set();
                _end.Wait(CancellationToken.None);
                return 0;
            },
            ctrlC.Token);
        begun.Wait(TestContext.Current.CancellationToken);

        await ctrlC.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(read);
    }

    [Fact]
    public async Task What_was_read_and_what_went_wrong_come_through()
    {
        (await StandardInput.UntilCancelledAsync(() => 7, TestContext.Current.CancellationToken)).ShouldBe(7);
        await Should.ThrowAsync<IOException>(
            StandardInput.UntilCancelledAsync<int>(() => throw new IOException("Broken."), TestContext.Current.CancellationToken));
    }
}
