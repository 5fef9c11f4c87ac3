using SearchCluster.Hosting.State;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.State;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Launch.Tests.State;

public sealed class LaunchStateTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-launch-").FullName;

    private StateFolder State => StateFolder.Resolve(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void One_launch_holds_a_folder_and_lets_go_with_its_end()
    {
        LaunchLock.IsHeld(State).ShouldBeFalse();
        using (LaunchLock.TryAcquire(State).ShouldNotBeNull())
        {
            LaunchLock.IsHeld(State).ShouldBeTrue();
            LaunchLock.TryAcquire(State).ShouldBeNull();
        }

        LaunchLock.IsHeld(State).ShouldBeFalse();
    }

    [Fact]
    public void What_runs_is_written_and_read_back()
    {
        var record = new LaunchRecord(State, Start(), new Recorder(), text => Assert.Fail(text));
        var view = View("w1") with { Phase = ProcessPhase.Ready, Pid = 17, Restarts = 2, LastEnd = "ended with exit code 1 after 3 s" };

        record.Changed(view, null, null);
        record.Ready(new("http://127.0.0.1:8642", "127.0.0.1:8643", 1));

        var read = LaunchFile.TryRead(State).ShouldNotBeNull();
        (read.Node, read.Pid, read.Url, read.IsReady).ShouldBe(("lab", 4711, "http://127.0.0.1:8642", true));
        read.Processes.ShouldBe([view]);
        LaunchFile.Delete(State);
        LaunchFile.TryRead(State).ShouldBeNull();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_once_and_the_launch_goes_on()
    {
        var told = new List<string>();
        var next = new Recorder();
        var record = new LaunchRecord(State, Start(), next, told.Add);
        Directory.Delete(_root);

        record.Changed(View("w1") with { Phase = ProcessPhase.Starting }, null, null);
        record.Changed(View("w1") with { Phase = ProcessPhase.Ready }, null, null);
        Directory.CreateDirectory(_root);
        record.Changed(View("w1") with { Phase = ProcessPhase.Ending }, null, null);

        told.ShouldHaveSingleItem().ShouldStartWith($"What runs here cannot be written to {_root}");
        next.Changes.Count.ShouldBe(3);
        LaunchFile.TryRead(State)!.Processes.Single().Phase.ShouldBe(ProcessPhase.Ending);
    }

    [Fact]
    public void A_file_that_is_not_one_is_named()
    {
        File.WriteAllText(Path.Combine(_root, "launch.json"), "{");

        Should.Throw<LaunchException>(() => LaunchFile.TryRead(State)).Message.ShouldContain(Path.Combine(_root, "launch.json"));
    }

    [Theory]
    [InlineData("launch.lock")]
    [InlineData("launch.json")]
    public void A_link_to_nothing_is_named_instead_of_the_file(string name)
    {
        File.CreateSymbolicLink(Path.Combine(_root, name), "/searchcluster/nothing");

        Should.Throw<StateFolderException>(() => LaunchLock.IsHeld(State) ? null : LaunchFile.TryRead(State))
            .Message.ShouldContain("is a link to /searchcluster/nothing");
    }

    private static LaunchFile Start() => new()
    {
        Node = "lab",
        Pid = 4711,
        Version = "1.0",
        StartedAt = DateTimeOffset.UnixEpoch,
        Processes = [View("w1")],
    };

    private static ProcessView View(string name) => new()
    {
        Name = name,
        Role = ProcessRole.Worker,
        Phase = ProcessPhase.Waiting,
        Since = DateTimeOffset.UnixEpoch,
    };
}
