using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Tests.Hosting;

public sealed class WorkerOptionsTests
{
    private static WorkerOptions Defaults { get; } = new() { StateFolder = StateFolder.Resolve("state") };

    [Fact]
    public void The_defaults_are_valid_and_as_documented()
    {
        Defaults.Validate();

        (Defaults.Name, Defaults.Slots, Defaults.Device, Defaults.Coordinator).ShouldBe((null, null, "auto", null));
        Defaults.DataCacheBytes.ShouldBe(32L << 30);
        Defaults.Labels.ShouldBeEmpty();
        Defaults.Timings.ShouldBe(new WorkerTimings
        {
            Heartbeat = TimeSpan.FromSeconds(3),
            ResendAfter = TimeSpan.FromSeconds(2),
            ResendLimit = TimeSpan.FromSeconds(30),
            SilenceLimit = TimeSpan.FromSeconds(10),
            FirstWelcomeLimit = TimeSpan.FromSeconds(10),
            ReconnectAfter = TimeSpan.FromSeconds(0.5),
            ReconnectLimit = TimeSpan.FromSeconds(5),
            LeaveLimit = TimeSpan.FromSeconds(20),
        });
    }

    [Fact]
    public void All_violations_come_in_one_message()
    {
        var options = Defaults with
        {
            Name = "a b",
            Slots = 65,
            Device = "gpu",
            Coordinator = "nowhere",
            DataCacheBytes = 1000,
            Labels = ValueMap<string>.Empty.With("", "x"),
            Timings = new WorkerTimings { Heartbeat = TimeSpan.Zero, LeaveLimit = TimeSpan.FromSeconds(26) },
        };

        Should.Throw<WorkerOptionsException>(options.Validate).Message.Split(Environment.NewLine).ShouldBe(
        [
            "Name is \"a b\", but must be 1 to 100 of letters, digits, '-', '_', '.' and ':', and must not be dots only.",
            "Slots is 65, but must be 1 to 64.",
            "Device is \"gpu\", but must be auto, cpu, cuda or cuda:N.",
            "Coordinator is \"nowhere\", but must be host:port with a port from 1 to 65535, or several with commas between.",
            "The data cache may have 1000 bytes, but must have at least 1048576 (1 MiB).",
            "Label \"\" has 0 characters and its value 1, but at most 64 and 200 are allowed.",
            "Heartbeat is 0 s, but must be above zero.",
            "LeaveLimit is 26 s, but must be at most 25 s, so that the process is gone within 30 s.",
        ]);
    }

    [Theory]
    [InlineData("127.0.0.1:8643", true)]
    [InlineData("localhost:1", true)]
    [InlineData("gpu-box.lab:1", false)]
    [InlineData("10.0.0.5:8643", false)]
    [InlineData("[::1]:8643", true)]
    [InlineData(":8643", false)]
    [InlineData("host:0", false)]
    [InlineData("host:65536", false)]
    [InlineData("host:+1", false)]
    [InlineData("two words:1", false)]
    public void A_coordinator_is_a_host_of_this_machine_and_a_port(string text, bool isValid) =>
        WorkerOptionsRules.Violations(Defaults with { Coordinator = text }).Any().ShouldBe(!isValid);
}
