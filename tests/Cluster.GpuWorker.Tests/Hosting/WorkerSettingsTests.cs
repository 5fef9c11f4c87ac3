using Microsoft.Extensions.Configuration;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Hosting;

public sealed class WorkerSettingsTests
{
    [Fact]
    public void Arguments_win_over_the_environment()
    {
        var options = WorkerSettings.Read(
            ["--slots", "3", "--labels", "site=lab,gpu=big"],
            Environment(("slots", "5"), ("coordinator", "box:8643")));

        (options.Slots, options.Coordinator, options.Device).ShouldBe((3, "box:8643", "auto"));
        options.Labels.ShouldBe(ValueMap<string>.Empty.With("site", "lab").With("gpu", "big"));
    }

    [Fact]
    public void The_token_comes_from_a_file_or_the_environment_and_never_from_the_command_line()
    {
        var token = SearchCluster.Hosting.State.AccessToken.Create().Value;
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullPath, "token");
        File.WriteAllText(file, token + "\n");

        WorkerSettings.Read([], Environment()).Token.ShouldBeNull();
        WorkerSettings.Read([], Environment(("token", token))).Token!().ShouldBe(token);
        WorkerSettings.Read([], Environment(("token_file", file))).Token!().ShouldBe(token);
        WorkerSettings.Read(["--token-file", file], Environment(("token", "nonsense"))).Token!().ShouldBe(token);
        Should.Throw<WorkerOptionsException>(() => WorkerSettings.Read([], Environment(("token", "nonsense"))).Token!());
        Should.Throw<WorkerOptionsException>(() => WorkerSettings.Read(["--token", token], Environment()));
    }

    [Theory]
    [InlineData("--slot 3", "Argument \"--slot\" is not known")]
    [InlineData("--slots", "Argument \"--slots\" has no value")]
    [InlineData("--port 9000", "Argument \"--port\" is not known")]
    [InlineData("--slots many", "--slots is \"many\", but must be a whole number.")]
    [InlineData("--labels gpu", "--labels has \"gpu\"")]
    public void What_cannot_be_read_is_refused(string arguments, string expected) =>
        Should.Throw<WorkerOptionsException>(() => WorkerSettings.Read(arguments.Split(' '), Environment())).Message
            .ShouldContain(expected);

    private static IConfigurationRoot Environment(params (string Key, string Value)[] variables) =>
        new ConfigurationBuilder().AddInMemoryCollection(variables.ToDictionary(v => v.Key, v => (string?)v.Value)).Build();
}
