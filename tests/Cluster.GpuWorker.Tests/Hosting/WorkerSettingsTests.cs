using Microsoft.Extensions.Configuration;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;

namespace SearchCluster.GpuWorker.Tests.Hosting;

public sealed class WorkerSettingsTests
{
    [Fact]
    public void Arguments_win_over_the_environment()
    {
        var options = WorkerSettings.Read(
            ["--slots", "3", "--labels", "site=lab,gpu=big"],
            Environment(("slots", "5"), ("coordinator", "box:8643"), ("port", "9000")));

        (options.Slots, options.Coordinator, options.Port, options.Device).ShouldBe((3, "box:8643", 9000, "auto"));
        options.Labels.ShouldBe(ValueMap<string>.Empty.With("site", "lab").With("gpu", "big"));
    }

    [Theory]
    [InlineData("--slot 3", "Argument \"--slot\" is not known")]
    [InlineData("--slots", "Argument \"--slots\" has no value")]
    [InlineData("--slots many", "--slots is \"many\", but must be a whole number.")]
    [InlineData("--labels gpu", "--labels has \"gpu\"")]
    public void What_cannot_be_read_is_refused(string arguments, string expected) =>
        Should.Throw<WorkerOptionsException>(() => WorkerSettings.Read(arguments.Split(' '), Environment())).Message
            .ShouldContain(expected);

    private static IConfigurationRoot Environment(params (string Key, string Value)[] variables) =>
        new ConfigurationBuilder().AddInMemoryCollection(variables.ToDictionary(v => v.Key, v => (string?)v.Value)).Build();
}
