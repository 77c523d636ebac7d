export function ReportFooter() {
  return (
    <footer>
      Made by Wireproof from the JSON beside it (report.json). Nothing was loaded from a network.
    </footer>
  );
}
