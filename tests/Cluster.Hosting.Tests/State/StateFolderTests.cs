using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.State;

public sealed class StateFolderTests
{
    [Fact]
    public void The_option_names_the_folder() => StateFolder.Resolve("some/where").Root.ShouldBe(Path.GetFullPath("some/where"));

    [Fact]
    public void Without_option_and_variable_it_lies_in_the_current_directory()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable(StateFolder.EnvironmentVariable) is { Length: > 0 },
            $"{StateFolder.EnvironmentVariable} is set.");

        StateFolder.Resolve(null).Root.ShouldBe(Path.GetFullPath(".searchcluster"));
    }

    [Theory]
    [InlineData("w1")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("host:0")]
    public void A_worker_has_a_folder_of_its_own_below_the_root(string worker)
    {
        using var folder = new TemporaryFolder();

        var path = folder.State.WorkerFolder(new WorkerId(worker));

        Path.GetDirectoryName(Path.GetFullPath(path)).ShouldBe(folder.PathOf("workers"));
    }

    [Fact]
    public void A_folder_that_cannot_be_created_is_named_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("file"), "");

        var state = StateFolder.Resolve(folder.PathOf("file/below"));

        Should.Throw<StateFolderException>(state.Create).Message.ShouldContain("SEARCHCLUSTER_HOME");
    }

    [Theory]
    [InlineData("755", "755", "700")]
    [InlineData("701", "701", "700")]
    [InlineData("750", null, "750")]
    [InlineData("700", null, "700")]
    public void A_folder_that_every_user_may_look_into_is_closed_and_its_mode_told(string mode, string? told, string after)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.State.Root, (UnixFileMode)Convert.ToInt32(mode, 8));

        folder.State.ModeOpenToAll().ShouldBe(told);
        folder.State.Tighten().ShouldBe(told);

        Convert.ToString((int)File.GetUnixFileMode(folder.State.Root), 8).ShouldBe(after);
        folder.State.ModeOpenToAll().ShouldBeNull();
    }

    [Fact]
    public void A_folder_that_is_not_there_is_open_to_nobody()
    {
        using var folder = new TemporaryFolder();

        StateFolder.Resolve(folder.PathOf("nowhere")).ModeOpenToAll().ShouldBeNull();
    }

    [Fact]
    public void An_endpoint_comes_back_and_is_gone_after_it_was_deleted()
    {
        using var folder = new TemporaryFolder();
        var endpoint = new CoordinatorEndpoint(
            "http://127.0.0.1:8642", "127.0.0.1:8643", 17, "1.0", new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

        CoordinatorEndpoint.TryRead(folder.State).ShouldBeNull();
        endpoint.Write(folder.State);
        CoordinatorEndpoint.TryRead(folder.State).ShouldBe(endpoint);
        CoordinatorEndpoint.Delete(folder.State);
        CoordinatorEndpoint.TryRead(folder.State).ShouldBeNull();
    }

    [Fact]
    public void An_endpoint_file_that_says_something_else_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.State.EndpointFile, "{ half");

        Should.Throw<StateFolderException>(() => CoordinatorEndpoint.TryRead(folder.State)).Message
            .ShouldContain(folder.State.EndpointFile);
    }
}
