-- By which rule a run's label was made. The runs there are have labels of the first one, which did not tell all groups apart: the API makes them anew.
ALTER TABLE "runs" ADD COLUMN "label_rule" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "runs" ALTER COLUMN "label_rule" SET DEFAULT 2;
