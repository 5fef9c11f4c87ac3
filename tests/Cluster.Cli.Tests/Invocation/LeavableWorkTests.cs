using Microsoft.Extensions.Time.Testing;
using SearchCluster.Cli.Workloads;

namespace SearchCluster.Cli.Tests.Invocation;

public sealed class LeavableWorkTests : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ctrlC = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose()
    {
        _end.Set();
        _ctrlC.Dispose();
    }

    [Fact]
    public async Task What_ends_gives_its_result_or_its_failure()
    {
        (await LeavableWork.RunAsync(_ => 7, _clock, _ctrlC.Token)).ShouldBe(7);

        (await Should.ThrowAsync<InvalidDataException>(LeavableWork.RunAsync(Fail, _clock, _ctrlC.Token))).Message.ShouldBe("as it is");
    }

    [Fact]
    public async Task What_is_asked_to_end_and_does_is_waited_for()
    {
        var running = LeavableWork.RunAsync(
            toEnd =>
            {
                _begun.SetResult();
                toEnd.WaitHandle.WaitOne();
                return "ended in order";
            },
            _clock,
            _ctrlC.Token);
        await _begun.Task;

        await _ctrlC.CancelAsync();

        (await running).ShouldBe("ended in order");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_does_not_end_is_left_behind_after_the_grace_also_when_it_blocks_whoever_asks(bool blocks)
    {
        var running = LeavableWork.RunAsync(toEnd => Hang(toEnd, blocks), _clock, _ctrlC.Token);
        await _begun.Task;

        // Callbacks of a token run on the thread that cancels it: this must come back.
        await _ctrlC.CancelAsync();
        await Patience.UntilAsync(() =>
        {
            _clock.Advance(LeavableWork.Grace);
            return running.IsCompleted;
        });

        var left = (await Record.ExceptionAsync(() => running)).ShouldBeOfType<LeftBehindException>();
        left.Message.ShouldBe("It had not returned 3 s after it was asked to end.");
    }

    private static int Fail(CancellationToken toEnd) => throw new InvalidDataException("as it is");

    private int Hang(CancellationToken toEnd, bool blocks)
    {
        using var blocking = blocks ? toEnd.Register(_end.Wait) : default;
        _begun.SetResult();
        _end.Wait(CancellationToken.None);
        return 0;
    }
}
