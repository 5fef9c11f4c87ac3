using System.Diagnostics;
using System.Globalization;
using System.Runtime.Loader;

namespace SearchCluster.Cli.Workloads;

/// <summary>Tells code of the user's own assemblies from that of the product: it has a load context of its own.</summary>
internal static class UserCode
{
    /// <summary>Finds where a user's workload was when an exception was thrown.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The innermost place in it, with file and line where they are known; null when none of it was running.</returns>
    public static string? PlaceOf(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (new StackTrace(inner, fNeedFileInfo: true).GetFrames().FirstOrDefault(IsOfUser) is { } frame)
            {
                var method = frame.GetMethod()!;
                var line = frame.GetFileName() is { } file
                    ? string.Create(CultureInfo.InvariantCulture, $" ({Path.GetFileName(file)}:{frame.GetFileLineNumber()})")
                    : "";
                return $"{method.DeclaringType?.Name}.{method.Name}{line}";
            }
        }

        return null;
    }

    private static bool IsOfUser(StackFrame frame) =>
        frame.GetMethod()?.DeclaringType?.Assembly is { } assembly
            && AssemblyLoadContext.GetLoadContext(assembly) is { } context
            && context != AssemblyLoadContext.Default;
}
