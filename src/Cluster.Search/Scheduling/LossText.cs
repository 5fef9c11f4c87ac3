using System.Globalization;

namespace SearchCluster.Search.Scheduling;

/// <summary>Losses as people read them: in the objective's own direction.</summary>
internal static class LossText
{
    /// <summary>Turns a minimised loss into a value of the objective; NaN for an infinitely bad one.</summary>
    public static double Value(SearchView view, double loss) =>
        !double.IsFinite(loss) ? double.NaN : view.Spec.Objective.Direction == Direction.Minimize ? loss : -loss;

    /// <summary>Writes a minimised loss as a value of the objective, four digits.</summary>
    /// <remarks>Schedulers take every value that is not finite for the same infinitely bad loss; which of them it was, the trial's curve
    /// says.</remarks>
    public static string Of(SearchView view, double loss) => double.IsFinite(loss) ? Number(Value(view, loss)) : "not finite";

    /// <summary>Writes a number, four digits, as reports do: with a small e.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('E', 'e');
}
