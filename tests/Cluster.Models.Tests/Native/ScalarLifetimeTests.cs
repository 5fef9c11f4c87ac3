using System.Reflection;
using SearchCluster.Models.Native;
using TorchSharp;

namespace SearchCluster.Models.Tests.Native;

/// <summary>No call may hand libtorch a number that a garbage collection can free during the call; see <see cref="Scalars"/>.</summary>
public sealed class ScalarLifetimeTests
{
    private static readonly Lazy<HashSet<string>> Unsafe = new(FindUnsafe);

    [Fact]
    public void The_product_calls_nothing_that_makes_numbers_which_die_too_early()
    {
        var violations =
            from method in CalledMethods.Of(typeof(Scalars).Assembly)
            where !(method.DeclaringType!.FullName!).StartsWith(typeof(Scalars).FullName!, StringComparison.Ordinal)
            from called in CalledMethods.In(method)
            where MakesScalar(called) || Unsafe.Value.Contains(Name(called)) || IsUnsafeModule(called)
            select $"{method.DeclaringType}.{method.Name} calls {Name(called)}";

        violations.ShouldBeEmpty("use Scalars (Of, New with using, Plus, Increase, Times, Squared)");
    }

    [Fact]
    public void The_search_for_unsafe_calls_finds_those_that_are_known()
    {
        Unsafe.Value.ShouldContain(Name(typeof(torch.Tensor).GetMethod("add", [typeof(torch.Tensor)])!));
        Unsafe.Value.ShouldContain(Name(typeof(torch.Tensor).GetMethod("square", [])!));
        Unsafe.Value.ShouldNotContain(Name(typeof(torch.Tensor).GetMethod("add", [typeof(torch.Tensor), typeof(Scalar)])!));
    }

    [Fact]
    public void The_search_for_unsafe_calls_finds_modules_that_make_numbers_when_they_are_called()
    {
        IsUnsafeModule(typeof(torch.nn).GetMethod(nameof(torch.nn.BatchNorm2d))!).ShouldBeTrue();
        IsUnsafeModule(typeof(torch.nn).GetMethod(
            nameof(torch.nn.LayerNorm),
            [typeof(long), typeof(double), typeof(bool), typeof(bool), typeof(torch.Device), typeof(torch.ScalarType?)])!).ShouldBeFalse();
    }

    // A module is called through its base class, so what its forward does is looked at where it is made.
    private static bool IsUnsafeModule(MethodBase method)
    {
        var made = method is MethodInfo factory ? factory.ReturnType : method.DeclaringType!;
        for (var type = made; typeof(torch.nn.Module).IsAssignableFrom(type)
            && type.Assembly == typeof(torch).Assembly; type = type.BaseType!)
        {
            if (type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Any(forward => forward.Name == "forward" && Unsafe.Value.Contains(Name(forward))))
            {
                return true;
            }
        }

        return false;
    }

    // Methods of TorchSharp that make a number themselves, and those that call one of them.
    private static HashSet<string> FindUnsafe()
    {
        var calls = CalledMethods.Of(typeof(torch).Assembly)
            .ToDictionary(Name, method => CalledMethods.In(method).ToList(), StringComparer.Ordinal);
        var found = calls.Where(entry => entry.Value.Exists(MakesScalar)).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        for (var before = -1; before < found.Count;)
        {
            before = found.Count;
            found.UnionWith(
                calls.Where(entry => entry.Value.Exists(called => found.Contains(Name(called)))).Select(entry => entry.Key).ToList());
        }

        return found;
    }

    private static bool MakesScalar(MethodBase method) =>
        (method.DeclaringType == typeof(Scalar)
            && method is MethodInfo { Name: "op_Implicit" } conversion
            && conversion.ReturnType == typeof(Scalar)) || method.DeclaringType?.Name == "ScalarExtensionMethods";

    private static string Name(MethodBase method) => $"{method.DeclaringType}::{method}";
}
