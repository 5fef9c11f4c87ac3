using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts;
using SearchCluster.Contracts;
using SearchCluster.GpuWorker.Devices;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.Hosting;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Data.Registry;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Native;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>What a worker is made of in both modes.</summary>
internal static class WorkerServices
{
    /// <summary>Checks the options, chooses the device and takes the worker's folder now, so that what is wrong
    /// ends the start; adds the rest as services.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="options">The worker.</param>
    /// <param name="artifacts">Where checkpoints and models lie.</param>
    /// <param name="distant">Data sets of another machine; null for none.</param>
    /// <returns>The worker, with its name.</returns>
    /// <exception cref="WorkerOptionsException">The options break their rules.</exception>
    /// <exception cref="DeviceUnavailableException">A GPU was asked for and cannot be used.</exception>
    /// <exception cref="TorchUnavailableException">There is a GPU, but libtorch cannot be loaded.</exception>
    /// <exception cref="WorkerFolderException">The worker's folder cannot be used, or another process has its name.</exception>
    public static WorkerDescription AddWorker(
        this IServiceCollection services,
        WorkerOptions options,
        Func<IServiceProvider, IArtifactStore> artifacts,
        Func<IServiceProvider, IDistantData>? distant = null)
    {
        options.Validate();
        NativeEnvironment.PrepareForLibtorch();
        var device = ChooseDevice(options);
        var folder = TakeFolder(options, device);
        var worker = Describe(options, device, folder);

        services.AddSingleton(options);
        services.AddSingleton(device);
        services.AddSingleton(worker);

        // By a factory, because the container disposes only what it made: the lock last, after the outbox in the folder.
        services.AddSingleton(_ => folder);
        services.AddSingleton(
            sp => OutcomeOutbox.Open(sp.GetRequiredService<WorkerFolder>().FolderPath, sp.GetRequiredService<ILogger<OutcomeOutbox>>()));
        services.AddSingleton(sp => options.Executor ?? TrainingOn(device, options, distant?.Invoke(sp)));
        services.AddSingleton(sp => new AttemptHost(
            worker,
            sp.GetRequiredService<IWorkExecutor>(),
            artifacts(sp),
            sp.GetRequiredService<OutcomeOutbox>(),
            new(options.Clock, options.Timings.HangLimit),
            sp.GetRequiredService<ILogger<AttemptHost>>())
        {
            Former = FormerEnd.Read(),
            Mark = DrainMark.Open(
                sp.GetRequiredService<WorkerFolder>().FolderPath, options.Clock, sp.GetRequiredService<ILogger<AttemptHost>>()),
            Exits = CleanExits.Open(
                sp.GetRequiredService<WorkerFolder>().FolderPath, sp.GetRequiredService<ILogger<AttemptHost>>()),
        });
        services.AddSingleton<WorkerExit>();
        services.AddSingleton<WorkerReadiness>();
        return worker;
    }

    private static WorkerDevice ChooseDevice(WorkerOptions options)
    {
        if (!DeviceRequest.TryParse(options.Device, out var request))
        {
            throw new WorkerOptionsException($"Device is \"{options.Device}\", but must be auto, cpu, cuda or cuda:N.");
        }

        // Asked only when there is a GPU: a worker of the CPU starts without libtorch, and computed workloads never need it.
        return new DeviceInventory(
            new NvidiaSmiQuery(), () => TorchRuntime.Initialize().CudaDevices > 0, Environment.GetEnvironmentVariable).Choose(request);
    }

    private static WorkerFolder TakeFolder(WorkerOptions options, WorkerDevice device) => options.Name is { } name
        ? WorkerFolder.Acquire(options.StateFolder, new WorkerId(name))
        : WorkerFolder.AcquireAny(options.StateFolder, DefaultName(Environment.MachineName, device.ShortName));

    // A machine may have a name that no worker may have.
    private static string DefaultName(string machine, string device) =>
        NodeName.Of(machine) is { Length: > 0 } node ? $"{node}-{device}" : device;

    private static WorkerDescription Describe(WorkerOptions options, WorkerDevice device, WorkerFolder folder) => new(
        folder.Worker,
        Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
        device.Description,
        options.Slots ?? device.DefaultSlots,
        options.Labels,
        ProductVersion.Current,
        new(Environment.MachineName, Environment.ProcessId, options.Clock.GetUtcNow(), folder.FolderPath, folder.Id));

    private static WorkExecutor TrainingOn(WorkerDevice device, WorkerOptions options, IDistantData? distant) =>
        new(device.TorchDevice, options.Workloads, new DataRegistry(options.StateFolder.SharedRoot), distant);
}
