using System.Globalization;
using SearchCluster.GpuWorker.Options;

namespace SearchCluster.GpuWorker.Devices;

/// <summary>Finds the device a worker is to use. <c>CUDA_VISIBLE_DEVICES</c> counts; without a usable GPU the
/// worker is a CPU worker.</summary>
/// <param name="gpus">Lists the machine's GPUs.</param>
/// <param name="isCudaUsable">Tells whether the loaded libtorch can use a GPU; asked only when there is one.</param>
/// <param name="environment">Reads an environment variable.</param>
public sealed class DeviceInventory(IGpuQuery gpus, Func<bool> isCudaUsable, Func<string, string?> environment)
{
    /// <summary>Pretends to have so many GPUs, which train on the CPU; for tests of many-GPU machines without one.</summary>
    public const string FakeGpusVariable = "SEARCHCLUSTER_FAKE_GPUS";

    private const string VisibleVariable = "CUDA_VISIBLE_DEVICES";

    /// <summary>Lists the GPUs that workers of this machine may use, for a launcher that starts one worker for each.</summary>
    public GpuQueryResult VisibleGpus()
    {
        var all = FakeCount() is { } fakes ? new GpuQueryResult(Fakes(fakes)) : gpus.Query();
        return all with { Gpus = Gpu.Visible(all.Gpus, environment(VisibleVariable)) };
    }

    /// <summary>Chooses the device.</summary>
    /// <exception cref="DeviceUnavailableException">A GPU was asked for and there is no such GPU, or libtorch cannot use it.</exception>
    public WorkerDevice Choose(DeviceRequest request)
    {
        if (request.Kind == DeviceRequestKind.Cpu)
        {
            return Cpu("the CPU was asked for");
        }

        var visible = VisibleGpus();
        var index = request.Index ?? 0;
        var problem = visible.Gpus.Count <= index ? Missing(visible, request.Index) : CudaProblem();
        if (problem is null)
        {
            return Cuda(visible.Gpus[index], index);
        }

        return request.Kind == DeviceRequestKind.Auto
            ? Cpu(problem)
            : throw new DeviceUnavailableException(
                $"This worker was told to use a GPU, but {problem}. Start it with device cpu, or make the GPU available.");
    }

    private static Gpu[] Fakes(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Gpu(i, $"GPU-fake-{i}", "Fake GPU", 16L << 30))];

    private static WorkerDevice Cpu(string reason)
    {
        var cores = Environment.ProcessorCount;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var name = $"CPU, {cores} core{(cores == 1 ? "" : "s")}";
        return new(new("cpu", name, memory), "cpu", "cpu", Math.Min(cores, WorkerOptions.MaximumSlots), $"Uses {name}: {reason}.");
    }

    private static string Missing(GpuQueryResult visible, int? index) =>
        visible.Problem
        ?? (visible.Gpus.Count == 0 ? "no GPU is visible" : $"cuda:{index} is not among the {visible.Gpus.Count} visible GPUs");

    private WorkerDevice Cuda(Gpu gpu, int visibleIndex)
    {
        var torch = FakeCount() is null ? string.Create(CultureInfo.InvariantCulture, $"cuda:{visibleIndex}") : "cpu";
        return new(
            new("cuda", gpu.Name, gpu.MemoryBytes),
            gpu.ShortName,
            torch,
            DefaultSlots: 1,
            $"Uses GPU {gpu.Index}, {gpu.Name}.");
    }

    private string? CudaProblem() =>
        FakeCount() is not null || isCudaUsable()
            ? null
            : "there is a GPU, but the loaded libtorch cannot use it (a build for the CPU, or its CUDA does not fit the driver)";

    private int? FakeCount() =>
        int.TryParse(environment(FakeGpusVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
