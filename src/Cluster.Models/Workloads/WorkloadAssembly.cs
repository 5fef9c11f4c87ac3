using System.Reflection;
using System.Runtime.Loader;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Models.Workloads;

/// <summary>Loads workloads from a user's assembly.</summary>
/// <remarks>
/// The assembly gets a load context of its own, so that its packages do not collide with the product's; what the product itself has loaded
/// (its own assemblies, TorchSharp) is shared, because the types must be the same.
/// </remarks>
public static class WorkloadAssembly
{
    /// <summary>Loads all public workloads with a parameterless constructor.</summary>
    /// <param name="path">Path of the <c>.dll</c>.</param>
    /// <param name="tell">Called with what code of the assembly is about to run, in words that begin a sentence; null for nobody.</param>
    /// <returns>The workloads, in the order of their names; at least one.</returns>
    /// <exception cref="WorkloadAssemblyException">It cannot be loaded, or holds no workload.</exception>
    public static IReadOnlyList<IWorkload> Load(string path, Action<string>? tell = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new WorkloadAssemblyException(
                $"Workload assembly '{DisplayText.ShortenPath(path)}' is not there; build it, and give the path of its .dll.");
        }

        try
        {
            tell?.Invoke($"Loading {Path.GetFileName(full)}");
            var types = new Context(full).LoadFromAssemblyPath(full).GetExportedTypes()
                .Where(type => typeof(IWorkload).IsAssignableFrom(type) && type is { IsAbstract: false, IsGenericTypeDefinition: false })
                .ToList();
            var unusable = types.Find(type => type.GetConstructor(Type.EmptyTypes) is null);
            if (unusable is not null)
            {
                throw new WorkloadAssemblyException(
                    $"Workload {unusable.FullName} of {Path.GetFileName(full)} has no public parameterless constructor; give it one.");
            }

            IWorkload[] workloads = [.. types.Select(type => Made(type, full, tell))
                .OrderBy(workload => workload.Descriptor.Name, StringComparer.Ordinal)];
            return workloads.Length > 0
                ? workloads
                : throw new WorkloadAssemblyException(
                    $"{Path.GetFileName(full)} has no public class that implements IWorkload; make yours public.");
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } inner)
        {
            throw new WorkloadAssemblyException($"A workload of {Path.GetFileName(full)} cannot be made: {inner.Message}", inner);
        }
        catch (Exception failure) when (failure is BadImageFormatException
            or FileLoadException
            or FileNotFoundException
            or TypeLoadException
            or ReflectionTypeLoadException)
        {
            throw new WorkloadAssemblyException(
                $"'{DisplayText.ShortenPath(path)}' cannot be loaded as a .NET assembly of workloads: {failure.Message}", failure);
        }
    }

    // The static constructor and the module initializer run with the first constructor.
    private static IWorkload Made(Type type, string path, Action<string>? tell)
    {
        var whose = $"workload class {type.FullName} ({Path.GetFileName(path)})";
        tell?.Invoke($"A constructor, static constructor or module initializer of {whose}");
        var workload = (IWorkload)Activator.CreateInstance(type)!;
        tell?.Invoke($"{nameof(IWorkload.Descriptor)} of {whose}");
        return Described(workload, path);
    }

    private static IWorkload Described(IWorkload workload, string path)
    {
        var member = workload.Descriptor switch
        {
            null => nameof(IWorkload.Descriptor),
            { Name: null or "" } => $"{nameof(IWorkload.Descriptor)}.{nameof(WorkloadDescriptor.Name)}",
            { Description: null } => $"{nameof(IWorkload.Descriptor)}.{nameof(WorkloadDescriptor.Description)}",
            { Hyperparameters: null } => $"{nameof(IWorkload.Descriptor)}.{nameof(WorkloadDescriptor.Hyperparameters)}",
            { Metrics: null } => $"{nameof(IWorkload.Descriptor)}.{nameof(WorkloadDescriptor.Metrics)}",
            _ => null,
        };
        return member is null ? workload : throw new WorkloadAssemblyException(
            $"{member} of workload class {workload.GetType().FullName} ({Path.GetFileName(path)}) gives nothing, but names and describes "
                + $"the workload; let it return that.")
        {
            IsFaultOfWorkload = true,
        };
    }

    private sealed class Context(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // What the product brings wins: an IWorkload of another copy of Cluster.Models would be another type.
            try
            {
                return Default.LoadFromAssemblyName(assemblyName);
            }
            catch (FileNotFoundException)
            {
                return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
            }
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
    }
}

/// <summary>A user's assembly brings no workloads.</summary>
/// <param name="message">Which, what is wrong, what to do.</param>
/// <param name="cause">What it failed with.</param>
public sealed class WorkloadAssemblyException(string message, Exception? cause = null) : SearchClusterException(message, cause)
{
    /// <summary>True when a workload in it is at fault, not the file.</summary>
    public bool IsFaultOfWorkload { get; init; }
}
