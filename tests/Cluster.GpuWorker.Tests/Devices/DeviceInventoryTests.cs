using SearchCluster.GpuWorker.Devices;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Devices;

public sealed class DeviceInventoryTests
{
    private const string TwoGpus = "0, GPU-aaaa1111, NVIDIA H100, 81559\n1, GPU-bbbb2222, NVIDIA A10, [N/A]\n";

    [Fact]
    public void The_tools_answer_is_read_and_odd_lines_are_skipped() =>
        Gpu.Parse(TwoGpus + "Unable to determine the device handle\n").ShouldBe(
        [
            new Gpu(0, "GPU-aaaa1111", "NVIDIA H100", 81559L << 20),
            new Gpu(1, "GPU-bbbb2222", "NVIDIA A10", 0),
        ]);

    [Fact]
    public void A_partitioned_gpu_is_its_parts()
    {
        const string Whole = "0, GPU-aaaa1111, NVIDIA A100-SXM4-40GB, 40960, Enabled\n1, GPU-bbbb2222, NVIDIA A10, 23028, [N/A]\n";
        const string List = """
            GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-aaaa1111)
              MIG 3g.20gb     Device  0: (UUID: MIG-c7384736-a75d-5afc-978f-d2f1294409fd)
              MIG 1c.3g.20gb+me Device  1: (UUID: MIG-a28ad590-3fda-56dd-84fc-0a0b96edc58d)
            GPU 1: NVIDIA A10 (UUID: GPU-bbbb2222)
            """;

        var all = Gpu.Parse(Whole, () => GpuParts.Parse(List));

        all.ShouldBe(
        [
            new Gpu(0, "MIG-c7384736-a75d-5afc-978f-d2f1294409fd", "NVIDIA A100-SXM4-40GB MIG 3g.20gb", 20L << 30, 0),
            new Gpu(0, "MIG-a28ad590-3fda-56dd-84fc-0a0b96edc58d", "NVIDIA A100-SXM4-40GB MIG 1c.3g.20gb+me", 20L << 30, 1),
            new Gpu(1, "GPU-bbbb2222", "NVIDIA A10", 23028L << 20),
        ]);
        all.Select(gpu => gpu.ShortName).ShouldBe(["cuda0mig0", "cuda0mig1", "cuda1"]);
        Gpu.Visible(all, "MIG-a28ad590").Single().Part.ShouldBe(1);
    }

    [Fact]
    public void A_driver_that_knows_no_partitions_is_asked_without()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs a shell script.");
            return;
        }

        using var folder = new TemporaryFolder();
        var script = Path.Combine(folder.FullPath, "old-smi");
        File.WriteAllText(
            script, "#!/bin/sh\ncase \"$1\" in *mig*) exit 2;; esac\necho '0, GPU-aaaa1111, Tesla K80, 11441'\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        new NvidiaSmiQuery(script).Query().Gpus.ShouldBe([new Gpu(0, "GPU-aaaa1111", "Tesla K80", 11441L << 20)]);
    }

    [Theory]
    [InlineData(null, new[] { 0, 1 })]
    [InlineData("", new int[0])]
    [InlineData("-1", new int[0])]
    [InlineData("1,0", new[] { 1, 0 })]
    [InlineData("GPU-bbbb", new[] { 1 })]
    [InlineData("1,7,0", new[] { 1 })]
    public void Only_what_the_variable_names_is_visible(string? variable, int[] expected) =>
        Gpu.Visible(Gpu.Parse(TwoGpus), variable).Select(gpu => gpu.Index).ShouldBe(expected);

    [Fact]
    public void Auto_takes_the_first_visible_gpu_with_one_slot()
    {
        var device = Inventory(visible: "1").Choose(new(DeviceRequestKind.Auto));

        (device.Description.Kind, device.Description.Name, device.ShortName, device.TorchDevice, device.DefaultSlots)
            .ShouldBe(("cuda", "NVIDIA A10", "cuda1", "cuda:0", 1));
    }

    [Fact]
    public void Auto_falls_back_to_the_cpu_and_says_why()
    {
        var device = Inventory(isCudaUsable: false).Choose(new(DeviceRequestKind.Auto));

        device.Description.Kind.ShouldBe("cpu");
        device.DefaultSlots.ShouldBe(Math.Min(64, Environment.ProcessorCount));
        device.Note.ShouldContain("libtorch cannot use it");
    }

    [Theory]
    [InlineData(2, "cuda:2 is not among the 2 visible GPUs")]
    [InlineData(0, "libtorch cannot use it")]
    public void A_gpu_that_was_asked_for_and_cannot_be_used_is_an_error(int index, string expected) =>
        Should.Throw<DeviceUnavailableException>(() => Inventory(isCudaUsable: false).Choose(new(DeviceRequestKind.Cuda, index)))
            .Message.ShouldContain(expected);

    [Fact]
    public void Pretended_gpus_train_on_the_cpu()
    {
        var device = Inventory(fakes: "4", isCudaUsable: false).Choose(new(DeviceRequestKind.Cuda, 3));

        (device.Description.Kind, device.ShortName, device.TorchDevice).ShouldBe(("cuda", "cuda3", "cpu"));
    }

    [Fact]
    public void A_machine_without_the_tool_has_no_gpu_and_says_so()
    {
        var result = new NvidiaSmiQuery("searchcluster-no-such-tool").Query();

        result.Gpus.ShouldBeEmpty();
        result.Problem.ShouldBe("searchcluster-no-such-tool was not found");
    }

    [Fact]
    public void A_tool_that_hangs_is_given_up()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs a shell script.");
            return;
        }

        using var folder = new TemporaryFolder();
        var script = Path.Combine(folder.FullPath, "hanging-smi");
        File.WriteAllText(script, "#!/bin/sh\nexec sleep 60\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var result = new NvidiaSmiQuery(script, TimeSpan.FromMilliseconds(300)).Query();

        result.Problem!.ShouldContain("did not answer");
    }

    [Theory]
    [InlineData("auto", DeviceRequestKind.Auto, null)]
    [InlineData("cpu", DeviceRequestKind.Cpu, null)]
    [InlineData("cuda", DeviceRequestKind.Cuda, null)]
    [InlineData("cuda:12", DeviceRequestKind.Cuda, 12)]
    public void Requests_are_read(string text, DeviceRequestKind kind, int? index)
    {
        DeviceRequest.TryParse(text, out var request).ShouldBeTrue();

        request.ShouldBe(new DeviceRequest(kind, index));
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:")]
    [InlineData("CUDA")]
    [InlineData(null)]
    public void Other_requests_are_refused(string? text) => DeviceRequest.TryParse(text, out _).ShouldBeFalse();

    private static DeviceInventory Inventory(string? visible = null, string? fakes = null, bool isCudaUsable = true) => new(
        new FixedQuery(Gpu.Parse(TwoGpus)),
        () => isCudaUsable,
        name => name == DeviceInventory.FakeGpusVariable ? fakes : visible);

    private sealed class FixedQuery(IReadOnlyList<Gpu> gpus) : IGpuQuery
    {
        public GpuQueryResult Query() => new(gpus);
    }
}
